import { write } from '../steps.ts'

export interface EndSessionInput {
  id: string
  /** When the session would expire. */
  ends_at: string
}

/** Ends a session before it expires: copies of its cookie are no longer accepted. */
export async function endSession(session: EndSessionInput): Promise<void> {
  await write.endSessions([session])
}
