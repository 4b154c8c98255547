/** The vocabulary of workflow files: free of Node, safe inside Temporal's sandbox. */
export { isRefusal, Problem, type ProblemBody, type ProblemType } from '../problem.ts'
export { all, each } from './branch.ts'
export { continueAs, join, pages } from './compose.ts'
export { problemOf } from './failure.ts'
export { newId, now, runMark } from './ids.ts'
export { showProgress } from './progress.ts'
export { type Saga, withSaga } from './saga.ts'
export { type StepCatalogue, steps } from './steps.ts'
