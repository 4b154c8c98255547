/** Sagas made at random. A plan knows what is to come of it, because it is played on plain JavaScript while it is made. */
import type { Trouble } from '../../support/fake-cms.ts'
import type { Deed } from '../../support/sagas/module.ts'
import type { Act } from '../../support/sagas/workflows.ts'
import { type Dice, dice } from './dice.ts'
import { COLOURS, type Colour, copyOf, doTo, Impossible, type Table, type Tables, type Thing } from './things.ts'

export interface Plan {
  acts: Act[]
  inSaga: boolean
  /** So long after the round has begun. */
  startAfterMs: number
  /** So long after its own start. */
  cancelAfterMs?: number
  /** What the requests to add its pages meet. */
  troubles: Trouble[]
  /** What comes of it where it is alone; 'either' where chance decides. */
  expected: 'done' | 'failed' | 'either'
  /** The rows as they are when it is done, alone. */
  tables: Tables
  pages: string[]
}

/** Sagas that run at once over the same few rows. */
export interface Round {
  index: number
  /** The ids of all its rows and pages begin with it. */
  prefix: string
  initial: Tables
  /** Pages that are there before. */
  pages: string[]
  plans: Plan[]
}

type Ending = 'done' | 'problem' | 'bug' | 'refuse' | 'stumble' | 'cancel'

/** The same for the same seed, index and number. */
export function makeRound(seed: number, index: number, together: number): Round {
  const random = dice(seed, index)
  const prefix = `r${index}-`
  const initial = initialTables(random, prefix, rowsFor(together))
  const plans = Array.from({ length: together }, (_, number) =>
    new Author(dice(seed, index, number), { prefix, number, initial, together }).plan(),
  )
  return { index, prefix, initial, pages: random.chance(0.5) ? [`${prefix}old`] : [], plans }
}

/** Few where they are fought for. */
const rowsFor = (together: number) => (together > 1 ? 3 : 7)

function initialTables(random: Dice, prefix: string, count: number): Tables {
  const table = (colour: Colour): Table => {
    const rows = new Map<string, Thing>()
    for (let i = 0; i < count; i++) {
      if (random.chance(0.3)) continue
      const id = `${prefix}${i}`
      rows.set(id, {
        id,
        name: initialName(id, colour),
        note: random.chance(0.5) ? `first note, "quoted" \\ ünï` : null,
        amount: random.pick(['0.50', '0.1', '0.12345678901234567890123', null]),
        labels: random.pick([null, [], ['a', 'b "c"']]),
        stock: random.below(20),
        token: random.chance(0.5) ? `first token of ${id}` : null,
        parent_id: random.chance(0.3) && rows.size > 0 ? random.pick([...rows.keys()]) : null,
        hidden: random.chance(0.1),
      })
    }
    return rows
  }
  return { red: table('red'), green: table('green'), blue: table('blue') }
}

const initialName = (id: string, colour: Colour) => `name of ${colour} ${id}`

interface Setting {
  prefix: string
  /** Which of the round's plans it is. */
  number: number
  initial: Tables
  together: number
}

/** Rows that a branch keeps to: those of other branches are not its business, so that their order does not matter. */
type Share = Record<Colour, string[]>

class Author {
  readonly #random: Dice
  readonly #setting: Setting
  readonly #tables: Tables
  readonly #pages: string[] = []
  readonly #troubles: Trouble[] = []
  readonly #pinned = new Set<string>()
  #ending: Ending = 'done'
  #inSaga = true
  #doomed = false
  #serial = 0

  constructor(random: Dice, setting: Setting) {
    this.#random = random
    this.#setting = setting
    const { red, green, blue } = setting.initial
    this.#tables = { red: copyOf(red), green: copyOf(green), blue: copyOf(blue) }
  }

  plan(): Plan {
    const random = this.#random
    this.#ending = random.weighed({ done: 42, problem: 16, bug: 10, refuse: 9, stumble: 8, cancel: 15 })
    this.#inSaga = random.chance(0.75)
    const acts = this.#acts(1 + random.below(8), this.#allRows(), 0)
    if (this.#ending === 'cancel') acts.splice(random.below(acts.length + 1), 0, { waitMs: 50 + random.below(300) })
    if (this.#ending === 'refuse' || this.#ending === 'stumble') this.#spoil(acts, { do: this.#ending })
    if (this.#ending === 'problem' || this.#ending === 'bug') acts.push({ throw: this.#ending })
    const isRefused = this.#troubles.some((trouble) => typeof trouble === 'object' && 'refuse' in trouble)
    const isDoomed = this.#doomed && this.#setting.together === 1 // others may give it what it lacks
    const fails = isDoomed || !['done', 'cancel'].includes(this.#ending)
    const isOpen = isRefused || this.#doomed || this.#ending === 'cancel'
    return {
      acts,
      inSaga: this.#inSaga,
      startAfterMs: this.#setting.together > 1 ? random.below(150) : 0,
      ...(this.#ending === 'cancel' && { cancelAfterMs: random.below(500) }),
      troubles: this.#troubles,
      expected: fails ? 'failed' : isOpen ? 'either' : 'done',
      tables: this.#tables,
      pages: this.#pages,
    }
  }

  #allRows(): Share {
    const { together, prefix } = this.#setting
    const ids = Array.from({ length: rowsFor(together) }, (_, i) => `${prefix}${i}`)
    return { red: ids, green: ids, blue: ids }
  }

  #acts(count: number, share: Share, depth: number): Act[] {
    const acts: Act[] = []
    for (let i = 0; i < count && !(this.#doomed && depth === 0); i++) {
      const kind = this.#random.weighed({
        step: 70,
        branches: depth < 2 ? 10 : 0,
        pages: this.#inSaga ? 9 : 0, // without a saga nobody takes pages back
        wait: this.#setting.together > 1 ? 40 : 6,
      })
      if (kind === 'step') acts.push(this.#step(share))
      if (kind === 'branches') acts.push(this.#branches(share, depth))
      if (kind === 'pages') acts.push(this.#addPages())
      if (kind === 'wait') acts.push({ waitMs: 1 + this.#random.below(150) })
    }
    return acts
  }

  /** Where the saga fails whatever happens, branches may also get in each other's way. */
  #branches(share: Share, depth: number): Act {
    const mixed = ['problem', 'bug'].includes(this.#ending) && this.#random.chance(0.4)
    const halves = COLOURS.map((colour) => [colour, this.#random.split(share[colour])] as const)
    if (!mixed) this.#pin(share)
    const names = this.#random.chance(0.3) ? ['left', 'right', 'middle'] : ['left', 'right']
    const branches = names.map((name, nth) => {
      const rows = Object.fromEntries(halves.map(([colour, parts]) => [colour, parts[nth] ?? []])) as Share
      return [name, this.#acts(1 + this.#random.below(3), mixed ? share : rows, depth + 1)]
    })
    return { branches: Object.fromEntries(branches) }
  }

  /** What a branch could do only before or after another stays undone from here on: rows with children, names given away. */
  #pin(share: Share): void {
    for (const colour of COLOURS) {
      const rows = [...this.#tables[colour].values()].filter(({ id }) => share[colour].includes(id))
      for (const { parent_id, name } of rows) this.#pinned.add(`${colour} ${parent_id}`).add(`${colour} ${name}`)
    }
  }

  #addPages(): Act {
    const { prefix, number } = this.#setting
    const pages = Array.from({ length: 1 + this.#random.below(3) }, () => `${prefix}page-${number}-${this.#serial++}`)
    this.#pages.push(...pages)
    const kind = this.#random.weighed({ none: 50, refuse: 12, dropAfter: 12, drop: 8, busy: 10, stall: 8 })
    const trouble: Record<typeof kind, Trouble> = {
      none: 'none',
      refuse: { refuse: 'the CMS is full' },
      dropAfter: 'drop after storing',
      drop: 'drop',
      busy: { status: 503 },
      stall: { stallMs: 300 },
    }
    this.#troubles.push(trouble[kind])
    return { pages }
  }

  #step(share: Share): Act {
    const colours = COLOURS.filter((colour) => share[colour].length > 0)
    if (colours.length === 0) return { waitMs: 1 }
    const colour = this.#random.pick(colours)
    const draft = copyOf(this.#tables[colour])
    const deeds: Deed[] = []
    try {
      for (let count = 1 + this.#random.below(4); count > 0; count--) {
        deeds.push(this.#deed(colour, draft, share[colour]))
        doTo(draft, deeds.at(-1)!)
      }
      this.#tables[colour] = draft
    } catch (error) {
      if (!(error instanceof Impossible)) throw error
      this.#doomed = true
    }
    return { in: colour, deeds }
  }

  /** One that is possible, as a rule. */
  #deed(colour: Colour, table: Table, ids: string[]): Deed {
    const random = this.#random
    const isAstray = random.chance(0.01)
    const there = ids.filter((id) => isAstray || (table.has(id) && !table.get(id)!.hidden))
    const absent = ids.filter((id) => isAstray || !table.has(id))
    const parents = new Set([...table.values()].map(({ parent_id }) => parent_id))
    const childless = ids.filter(
      (id) => isAstray || (table.has(id) && !parents.has(id) && !this.#pinned.has(`${colour} ${id}`)),
    )
    const kind = random.weighed({
      create: absent.length > 0 ? 25 : 0.01,
      update: there.length > 0 ? 32 : 0,
      count: there.length > 0 ? 22 : 0,
      hide: there.length > 0 ? 5 : 0,
      delete: childless.length > 0 ? 16 : 0,
    })
    if (kind === 'create') return { do: 'create', rows: this.#newRows(colour, absent.length > 0 ? absent : ids, ids) }
    if (kind === 'update') return { do: 'update', id: random.pick(there), set: this.#set(colour, table, ids) }
    if (kind === 'count') return { do: 'count', id: random.pick(there), by: random.below(15) - 7 || 8 }
    return { do: kind, id: random.pick(kind === 'hide' ? there : childless) }
  }

  #newRows(colour: Colour, absent: string[], ids: string[]) {
    const random = this.#random
    const [chosen] = random.split(absent)
    const table = this.#tables[colour]
    return chosen.slice(0, 3).map((id, nth) => {
      const parents = [...chosen.slice(0, nth), ...ids.filter((other) => table.has(other))]
      const name = this.#value('n')
      return {
        id,
        name,
        ...(random.chance(0.5) && { note: this.#value('n') }),
        ...(random.chance(0.5) && { amount: this.#amount() }),
        ...(random.chance(0.3) && { labels: ['new', this.#value('l')] }),
        ...(random.chance(0.3) && { stock: random.below(9) }),
        ...(random.chance(0.4) && { token: tokenAtFirst(name) }),
        ...(random.chance(0.4) && parents.length > 0 && { parent_id: random.pick(parents) }),
      }
    })
  }

  #set(colour: Colour, table: Table, ids: string[]) {
    const random = this.#random
    const kinds = ['note', 'name', 'amount', 'token', 'labels', 'parent_id'] as const
    const [chosen] = random.chance(0.5) ? [[random.pick(kinds)]] : random.split(kinds)
    const has = (kind: (typeof kinds)[number]) => chosen.includes(kind)
    const names = ids
      .map((id) => initialName(id, colour))
      .filter(
        (name) =>
          !this.#pinned.has(`${colour} ${name}`) &&
          ![...table.values()].some((row) => row.name === name && !row.hidden),
      )
    const parents = ids.filter((id) => table.has(id))
    return {
      ...(has('note') && { note: random.chance(0.1) ? null : this.#value('n') }),
      ...(has('name') && { name: names.length > 0 && random.chance(0.4) ? random.pick(names) : this.#value('n') }),
      ...(has('amount') && { amount: this.#amount() }),
      ...(has('token') && { token: random.chance(0.1) ? null : this.#value('t') }),
      ...(has('labels') && { labels: random.pick([[this.#value('l')], [], null]) }),
      ...(has('parent_id') && { parent_id: random.chance(0.3) ? null : random.pick(parents) }),
    }
  }

  /** Puts a deed that fails into one of the steps. */
  #spoil(acts: Act[], deed: Deed): void {
    const steps = acts.filter((act) => 'in' in act)
    if (steps.length === 0) acts.push({ in: 'red', deeds: [deed] })
    else {
      const { deeds } = this.#random.pick(steps)
      deeds.splice(this.#random.below(deeds.length + 1), 0, deed)
    }
  }

  /** Values tell whose they are. */
  #value(kind: string): string {
    return `${this.#setting.prefix}${kind}/${this.#setting.number}/${this.#serial++}`
  }

  #amount(): string {
    return `${this.#setting.number + 1}.${String(this.#serial++).padStart(3, '0')}0`
  }
}

/** The token of a new row, where it has one: what the audit knows although no record shows it. */
export const tokenAtFirst = (name: string) => `t/${name}`

/** Which of a round's plans has written a value; undefined where it was there at first. */
export function authorOf(value: unknown): number | undefined {
  const text = String(Array.isArray(value) ? value.at(-1) : value)
  const named = /\b[ntl]\/(\d+)\/\d+$/.exec(text)
  if (named) return Number(named[1])
  const amount = /^([1-9]\d*)\.\d{3}0$/.exec(text)
  return amount ? Number(amount[1]) - 1 : undefined
}
