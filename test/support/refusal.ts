import { Problem, type ProblemBody } from '../../framework/problem.ts'

/** What a rule answers by throwing. @throws Error if it refuses nothing; what is no refusal is thrown on. */
export function refusalOf(rule: () => unknown): ProblemBody {
  let answer: unknown
  try {
    answer = rule()
  } catch (error) {
    if (error instanceof Problem) return error.toJSON()
    throw error
  }
  throw new Error(`Nothing was refused: ${JSON.stringify(answer)}`)
}
