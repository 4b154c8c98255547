/** The texts of invalid requests (`docs/http-api.md`, Errors). */
import type { Hook } from '@hono/zod-openapi'
import type { z } from 'zod'
import { Problem } from '../problem.ts'
import type { AppEnv } from './router.ts'

type Issue = z.core.$ZodIssue

const MAX_ISSUES = 3

/** For every router's `defaultHook`. */
export const refuseInvalid: Hook<unknown, AppEnv, string, unknown> = async (result, c) => {
  if (result.success) return
  const raw = result.target === 'json' ? await c.req.json().catch(() => undefined) : c.req.query()
  throw invalidRequest(result.error.issues, raw)
}

/** A problem with up to three issues. */
export function invalidRequest(issues: readonly Issue[], raw: unknown): Problem {
  const texts = issues.slice(0, MAX_ISSUES).map((issue) => issueText(issue, raw))
  return new Problem('invalid_data', `Invalid request: ${texts.join('; ')}`)
}

function issueText(issue: Issue, raw: unknown): string {
  const field = issue.path.map(String).join(', ')
  const got = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], raw)
  const wrongType = (expected: string) => `Expected type: '${expected}' for field '${field}', got: '${shown(got)}'`
  switch (issue.code) {
    case 'invalid_type':
      return got === undefined ? `Field '${field}' is required` : wrongType(TYPES[issue.expected] ?? issue.expected)
    case 'unrecognized_keys':
      return `Unrecognized fields: '${issue.keys.join(', ')}'`
    case 'invalid_value':
      if (got === undefined) return `Field '${field}' is required`
      return `Expected: '${issue.values.join(', ')}' for field '${field}', but got: '${shown(got)}'`
    case 'too_small': {
      const expected = issue.inclusive === false ? 'more than' : 'at least'
      return `Value for field '${field}' too small, expected ${expected}: '${issue.minimum}'`
    }
    case 'too_big':
      return `Value for field '${field}' too big, expected at most: '${issue.maximum}'`
    case 'not_multiple_of':
      return `Value for field '${field}' not multiple of: '${issue.divisor}'`
    case 'invalid_union':
      return issueText(issueOfUnion(issue), raw)
    case 'custom':
      if (typeof issue.params?.expected === 'string') return wrongType(issue.params.expected)
  }
  return field ? `${issue.message} (field '${field}')` : issue.message
}

/** Zod's name of a type → the name in error texts. */
const TYPES: Partial<Record<string, string>> = { int: 'integer', record: 'object' }

/** The issue to report for a union: the first wrong type among its branches, else the first issue. */
function issueOfUnion({ path, errors, message }: Extract<Issue, { code: 'invalid_union' }>): Issue {
  const all = errors.flat()
  const inner = all.find(({ code }) => code === 'invalid_type') ?? all[0]
  return inner ? { ...inner, path: [...path, ...inner.path] } : { code: 'custom', path, message, input: undefined }
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
