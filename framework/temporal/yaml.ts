/** Loads `temporal.yaml`. Errors name the line of a wrong key or value. */
import { existsSync, readFileSync } from 'node:fs'
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig'
import { stringify } from 'smol-toml'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'

const Duration = z
  .string()
  .regex(/^\d+\s*(ms|s|m|h|d)$/, 'must be a duration such as 10s, 5m, 12h or 7d')
  .describe('a duration such as 10s, 5m, 12h or 7d')

const Days = Duration.refine((text) => text.endsWith('d'), 'must be a number of days such as 7d').transform((text) =>
  Number.parseInt(text, 10),
)

const Port = z.number().int().min(0).max(65_535)

const WorkerSettings = z
  .strictObject({
    taskQueue: z.string().min(1).default('turritopsis'),
    moduleTaskQueues: z.record(z.string(), z.string().min(1)).default({}),
    maxConcurrentLocalActivityExecutions: z.number().int().positive().default(20),
    maxConcurrentActivityTaskExecutions: z.number().int().positive().default(50),
    maxConcurrentWorkflowTaskExecutions: z.number().int().positive().optional(),
    maxCachedWorkflows: z.number().int().nonnegative().optional(),
    shutdownGraceTime: Duration.default('10s'),
  })
  .prefault({})

const ServerSettings = z
  .strictObject({
    port: Port.optional(),
    uiPort: Port.optional(),
    retention: Days.prefault('7d'),
    dynamicConfig: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).default({}),
  })
  .prefault({})
  .transform(({ retention, ...rest }) => ({ ...rest, retentionDays: retention }))

const File = z.strictObject({
  profile: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  worker: WorkerSettings,
  server: ServerSettings,
})

export type WorkerSettings = z.infer<typeof WorkerSettings>
export type DevServerSettings = z.infer<typeof ServerSettings>

export interface TemporalSettings {
  /** The connection to Temporal, with TEMPORAL_* variables, TLS and API keys resolved; `address` is absent if none is set. */
  connect: { address?: string; namespace: string; options: ClientConnectConfig['connectionOptions'] }
  worker: WorkerSettings
  server: DevServerSettings
}

/**
 * Reads `temporal.yaml`; default: an empty file
 *
 * @param env TEMPORAL_PROFILE and the other TEMPORAL_* variables, which override the file.
 * @throws an Error whose message starts with `<path>:<line>` if a key or a value is wrong.
 */
export function loadTemporalSettings(path: string, env: NodeJS.ProcessEnv = process.env): TemporalSettings {
  const lines = new LineCounter()
  const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '', { lineCounter: lines })
  const file = parseSettings(path, document, lines)
  const lineOfKey = (key: string[]) => lineOf(document, key, lines)
  return { connect: connectSettings(path, file.profile, env, lineOfKey), worker: file.worker, server: file.server }
}

function parseSettings(path: string, document: Document, lines: LineCounter): z.infer<typeof File> {
  const [broken] = document.errors
  if (broken) throw new Error(`${path}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`)
  const result = File.safeParse(document.toJS() ?? {})
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const at = [...issue.path, ...(issue.code === 'unrecognized_keys' ? [issue.keys[0]] : [])].filter(
    (part) => part !== undefined,
  )
  const line = lineOf(document, at as (string | number)[], lines)
  const reason = issue.code === 'unrecognized_keys' ? `there is no key '${issue.keys[0]}' here` : issue.message
  throw new Error(`${path}:${line}: ${at.join('.')}: ${reason}`)
}

type Document = ReturnType<typeof parseDocument>

/** The line of a key, or of its nearest parent in the file. */
function lineOf(document: Document, path: (string | number)[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const items = (parent as { items?: { key?: { value?: unknown; range?: number[] } }[] } | undefined)?.items
    const pair = items?.find((item) => item.key?.value === path[length - 1])
    if (pair?.key?.range) return lines.linePos(pair.key.range[0]!).line
  }
  return 1
}

/** Passes the profiles to Temporal's own loader, so that precedence, TLS and the environment work as documented. */
function connectSettings(
  path: string,
  profile: z.infer<typeof File>['profile'],
  env: NodeJS.ProcessEnv,
  lineOfKey: (key: string[]) => number,
) {
  const overrideEnvVars = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({
      ...(!env.TEMPORAL_CONFIG_FILE && {
        configSource: { data: Buffer.from(stringify({ profile: { default: {}, ...profile } })) },
        configFileStrict: true,
      }),
      overrideEnvVars,
    })
    return { address: connectionOptions.address, namespace: namespace ?? 'default', options: connectionOptions }
  } catch (error) {
    const { message } = error as Error
    const [, parent, key] = /unrecognized in (\S+): (\S+)/.exec(message) ?? []
    if (!parent || !key) throw new Error(`${path}: profile: ${message}`)
    throw new Error(
      `${path}:${lineOfKey([...parent.split('.'), key])}: ${parent}.${key}: there is no key '${key}' here`,
    )
  }
}
