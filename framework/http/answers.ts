/** Answers whose text is there already: what Postgres made goes out as it is. */
import type { Context, TypedResponse } from 'hono'
import type { AppEnv } from './router.ts'

export type Json = TypedResponse<never, 200, 'json'> & Response

const JSON_TYPE = { 'content-type': 'application/json' }

/** 200, and this JSON. */
export function answerText(c: Context<AppEnv>, text: string): Json {
  return c.body(text, 200, JSON_TYPE) as unknown as Json
}

/** `{ <many>: […], count, offset, limit }`, around the text of the rows. */
export function answerPage(
  c: Context<AppEnv>,
  many: string,
  page: { json: string; count: number },
  { limit, offset }: { limit: number; offset: number },
): Json {
  const rest = `"count":${page.count},"offset":${offset},"limit":${limit}`
  return answerText(c, `{${JSON.stringify(many)}:${page.json},${rest}}`)
}

/** `{ <one>: {…} }`, around the text of the row. */
export function answerOne(c: Context<AppEnv>, one: string, json: string): Json {
  return answerText(c, `{${JSON.stringify(one)}:${json}}`)
}
