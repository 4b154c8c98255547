/** Answers from JSON text, so that Postgres' JSON is sent without parsing it. */
import type { Context, TypedResponse } from 'hono'
import type { AppEnv } from './router.ts'

export type Json = TypedResponse<never, 200, 'json'> & Response

const JSON_TYPE = { 'content-type': 'application/json' }

/** Answers 200 with this JSON. */
export function answerText(c: Context<AppEnv>, text: string): Json {
  return c.body(text, 200, JSON_TYPE) as unknown as Json
}

/** Answers `{ <many>: […], count, offset, limit }` with the JSON of the rows. */
export function answerPage(
  c: Context<AppEnv>,
  many: string,
  page: { json: string; count: number },
  { limit, offset }: { limit: number; offset: number },
): Json {
  const rest = `"count":${page.count},"offset":${offset},"limit":${limit}`
  return answerText(c, `{${JSON.stringify(many)}:${page.json},${rest}}`)
}

/** Answers `{ <one>: {…} }` with the JSON of the row. */
export function answerOne(c: Context<AppEnv>, one: string, json: string): Json {
  return answerText(c, `{${JSON.stringify(one)}:${json}}`)
}
