import { type RawBuilder, sql } from 'kysely'
import type { Change, New, Row } from '../../framework/model/model.ts'
import { notFound } from '../../framework/model/refusals.ts'
import { Service } from '../../framework/model/service.ts'
import { brokenReference, Problem } from '../../framework/problem.ts'
import { type InventoryItem, InventoryLevel, type ReservationItem } from './models.ts'
import { type Place, placeKey, refuseInsufficient, refuseLevelsInUse, refuseUnstocked } from './rules/stock.ts'

export type NewItem = New<typeof InventoryItem> & {
  location_levels?: Omit<New<typeof InventoryLevel>, 'inventory_item_id'>[]
}
type LevelChange = Place & Partial<Pick<InventoryLevel, 'stocked_quantity' | 'incoming_quantity'>>

export interface LevelChanges {
  create?: New<typeof InventoryLevel>[]
  update?: LevelChange[]
  /** Ids of levels. */
  delete?: string[]
  /** The item that the levels in `delete` must belong to; default: any */
  deleteOf?: string | undefined
  /** Levels to delete by item and location. */
  deleteAt?: Place[]
  /** Also levels that have stock. */
  force?: boolean
}

/** The ids of levels that were created, updated and deleted. */
export interface ChangedLevels {
  created: string[]
  updated: string[]
  deleted: string[]
}

/** A quantity to reserve at a place, or to release if the sign is negative. */
type Reserving = Pick<ReservationItem, 'inventory_item_id' | 'location_id' | 'quantity'> & {
  allow_backorder?: boolean
  sign: 1 | -1
}

/**
 * Stock is exact: levels are changed by adding to them, under locks that are taken in the order of their ids, and checks of the table
 * apply to every writer. To prevent deadlocks, items and reservations are locked before levels. The locks do not block foreign key
 * checks, so a new reservation does not wait for them at its commit.
 */
export class InventoryService extends Service<{
  inventory_item: typeof InventoryItem
  inventory_level: typeof InventoryLevel
  reservation_item: typeof ReservationItem
}> {
  createInventoryItems = async (items: NewItem[]): Promise<{ id: string }[]> => {
    await this.rows.inventory_item.create(
      items.map(({ location_levels: _, ...item }) => item),
      { returning: false },
    )
    const levels = items.flatMap(({ id, location_levels = [] }) =>
      location_levels.map((level) => ({ ...level, inventory_item_id: id })),
    )
    await this.rows.inventory_level.create(levels, { returning: false })
    return items.map(({ id }) => ({ id }))
  }

  updateInventoryItems = (items: Change<typeof InventoryItem>[]) => this.rows.inventory_item.update(items)

  /** @throws Problem `not_allowed` if an item has reservations. */
  deleteInventoryItems = async (ids: string[]) => {
    await this.#lock('inventory_item', sql`id = any(${ids}::text[])`)
    await this.#lock('inventory_level', sql`inventory_item_id = any(${ids}::text[])`)
    const { rows } = await sql<{ id: string }>`
      select distinct inventory_item_id as id from ${this.table('reservation_item')}
      where inventory_item_id = any(${ids}::text[]) and deleted_at is null order by id`.execute(this.db)
    if (rows.length > 0) {
      const reserved = rows.map(({ id }) => id).join(', ')
      throw new Problem('not_allowed', `Inventory items with reservations cannot be deleted: ${reserved}`)
    }
    return this.rows.inventory_item.softDelete(ids)
  }

  /** Deletes first, so that a new level can take the place of a deleted one. */
  changeInventoryLevels = async (changes: LevelChanges): Promise<ChangedLevels> => {
    const { create = [], update = [], deleteOf, deleteAt = [], force = false } = changes
    await this.#refuseMissingItems(create)
    const ids = [...(changes.delete ?? []), ...(await this.#levelIdsAt(deleteAt))]
    if (ids.length > 0 && update.length > 0) await this.#lockLevels(ids, update)
    const deleted = await this.#deleteLevels(ids, deleteOf, force)
    const created = await this.rows.inventory_level.create(create)
    const updated = await this.#updateLevels(update)
    return { created: created.map(({ id }) => id), updated, deleted }
  }

  /** @throws Problem `not_allowed` with the code `insufficient_inventory` if the quantity is not available. */
  createReservationItems = async (reservations: New<typeof ReservationItem>[]) => {
    await this.#reserve(reservations.map((reservation) => ({ ...reservation, sign: 1 })))
    return this.rows.reservation_item.create(reservations)
  }

  /** Releases the former quantity and reserves the new one, at the new location if it changes. */
  updateReservationItems = async (changes: Change<typeof ReservationItem>[]) => {
    const reservations = await this.#lock<ReservationItem>('reservation_item', anyOf(changes))
    const current = new Map(reservations.map((reservation) => [reservation.id, reservation]))
    const moves = changes.flatMap(({ id, location_id, quantity }): Reserving[] => {
      const before = current.get(id)
      if (!before || (location_id === undefined && quantity === undefined)) return []
      const after = {
        ...before,
        location_id: location_id ?? before.location_id,
        quantity: quantity ?? before.quantity,
      }
      current.set(id, after)
      return [
        { ...before, sign: -1 },
        { ...after, sign: 1 },
      ]
    })
    await this.#reserve(moves)
    return this.rows.reservation_item.update(changes)
  }

  deleteReservationItems = async (ids: string[]) => {
    const reservations = await this.#lock<ReservationItem>('reservation_item', sql`id = any(${ids}::text[])`)
    await this.#reserve(reservations.map((reservation) => ({ ...reservation, sign: -1 })))
    return this.rows.reservation_item.softDelete(ids)
  }

  /** Locks levels to delete and to update in one order, so that concurrent changes of the same levels do not deadlock. */
  async #lockLevels(ids: string[], places: Place[]): Promise<void> {
    await this.#lock(
      'inventory_level',
      sql`id in (
        select unnest(${ids}::text[]) union
        select level.id from ${this.table('inventory_level')} as level
          join json_to_recordset(${JSON.stringify(places)}::json) as given(inventory_item_id text, location_id text)
            using (inventory_item_id, location_id))`,
    )
  }

  /** @throws Problem `not_found` if an item is not stocked at a location. */
  async #levelIdsAt(places: Place[]): Promise<string[]> {
    if (places.length === 0) return []
    const { rows } = await sql<Place & { id: string }>`
      select level.id, inventory_item_id, location_id from ${this.table('inventory_level')} as level
      join json_to_recordset(${JSON.stringify(places)}::json) as place(inventory_item_id text, location_id text)
        using (inventory_item_id, location_id)
      where deleted_at is null`.execute(this.db)
    refuseUnstocked(places, rows)
    return rows.map(({ id }) => id)
  }

  /** @throws Problem `not_found` if a level does not exist, or belongs to another item. */
  async #deleteLevels(ids: string[], itemId: string | undefined, force: boolean): Promise<string[]> {
    if (ids.length === 0) return []
    const levels = await this.#lock<InventoryLevel>('inventory_level', sql`id = any(${ids}::text[])`)
    const other = levels.find(({ inventory_item_id }) => itemId !== undefined && inventory_item_id !== itemId)
    if (other) throw notFound(InventoryLevel, other.id)
    refuseLevelsInUse(levels, force)
    return this.rows.inventory_level.softDelete(ids)
  }

  async #updateLevels(changes: LevelChange[]): Promise<string[]> {
    if (changes.length === 0) return []
    const { rows } = await sql<Place & { id: string }>`
      select level.id, inventory_item_id, location_id from ${this.table('inventory_level')} as level
      join json_to_recordset(${JSON.stringify(changes)}::json) as given(inventory_item_id text, location_id text)
        using (inventory_item_id, location_id)
      where deleted_at is null order by level.id for no key update of level`.execute(this.db)
    const ids = new Map(rows.map((level) => [placeKey(level), level.id]))
    refuseUnstocked(changes, rows)
    const updates = changes.map(({ inventory_item_id, location_id, ...change }) => ({
      ...change,
      id: ids.get(placeKey({ inventory_item_id, location_id }))!,
    }))
    await this.rows.inventory_level.update(updates)
    return updates.map(({ id }) => id)
  }

  /** @throws Problem if an item is not stocked at a location, or the quantity is not available. */
  async #reserve(reservings: Reserving[]): Promise<void> {
    if (reservings.length === 0) return
    const { rows } = await sql<Place & { id: string; reserved: string; backorder: string; is_short: boolean }>`
      select level.id, level.inventory_item_id, level.location_id, reserved, backorder,
        reserved > backorder and level.stocked_quantity - level.reserved_quantity < reserved - backorder as is_short
      from ${this.table('inventory_level')} as level
      join (
        select inventory_item_id, location_id, sum(sign * quantity) as reserved,
          coalesce(sum(sign * quantity) filter (where allow_backorder), 0) as backorder
        from json_to_recordset(${JSON.stringify(reservings)}::json)
          as given(inventory_item_id text, location_id text, quantity numeric, allow_backorder boolean, sign integer)
        group by inventory_item_id, location_id
      ) as given using (inventory_item_id, location_id)
      where level.deleted_at is null order by level.id for no key update of level`.execute(this.db)
    refuseUnstocked(reservings, rows)
    refuseInsufficient(rows.filter(({ is_short }) => is_short))
    const differences = rows.map(({ id, reserved, backorder }) => ({
      id,
      reserved_quantity: reserved,
      backorder_quantity: backorder,
    }))
    await this.rows.inventory_level.increment(differences)
  }

  /** Locks the items, so that none is deleted until the step ends. */
  async #refuseMissingItems(levels: New<typeof InventoryLevel>[]): Promise<void> {
    const [missing] = await this.rows.inventory_item.lock(levels.map((level) => level.inventory_item_id))
    if (missing) throw brokenReference('inventory_item_id', missing)
  }

  async #lock<R = Row<typeof InventoryItem>>(
    table: 'inventory_item' | 'inventory_level' | 'reservation_item',
    which: RawBuilder<unknown>,
  ): Promise<R[]> {
    const { rows } = await sql<R>`
      select * from ${this.table(table)} where ${which} and deleted_at is null order by id for no key update`.execute(
      this.db,
    )
    return rows
  }
}

const anyOf = (rows: { id: string }[]) => sql`id = any(${rows.map(({ id }) => id)}::text[])`
