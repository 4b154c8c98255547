import { write } from '../steps.ts'

export interface EndSessionInput {
  id: string
  /** When it would end by itself. */
  ends_at: string
}

/** Ends a session before its time: a copy of its cookie lets nobody in any more. */
export async function endSession(session: EndSessionInput): Promise<void> {
  await write.endSessions([session])
}
