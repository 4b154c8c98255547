/** The journal's tables, in the schema `turri`: every row that a step wrote, and undo conflicts. */
export const journalMigrations: Record<string, string> = {
  '0002-journal': `
    alter table receipt add column id bigint generated always as identity;
    alter table receipt add column actor text; -- who asked for the change
    alter table receipt add column taken_back_at timestamptz; -- by the journal; null also where there was nothing to take back
    alter table receipt drop constraint receipt_kind_check;
    create unique index receipt_id on receipt (id);

    -- One row for each row that a statement wrote. No primary key: it is found by its receipt or its row, and written often.
    create table journal (
      id bigint generated always as identity, -- of entries about one row, the later has the greater
      receipt bigint, -- the step; null where somebody wrote outside of any
      entity text not null, -- schema and table
      row_id text collate "C" not null,
      op "char" not null, -- i, u or d
      before json, -- u: the columns that changed; d: all
      after json, -- u: the columns that changed
      undone boolean not null default false, -- taken back, or itself a taking back: of no weight any more
      at timestamptz not null default clock_timestamp()
    );
    create index journal_receipt on journal (receipt, id);
    create index journal_row on journal (row_id);
    create index journal_at on journal using brin (at);

    -- Where somebody had built on an effect before it could be taken back: it stands as it is.
    create table undo_conflict (
      id bigint generated always as identity primary key,
      entry bigint not null unique, -- the entry in the journal that stands
      receipt bigint not null, -- of the step that wrote it
      entity text not null,
      row_id text not null,
      reason text not null,
      blocked_by bigint, -- the receipt of who built on it, where it is known
      created_at timestamptz not null default clock_timestamp(),
      settled_at timestamptz,
      settled_how text -- 'taken back' or 'dismissed'
    );
    create index undo_conflict_open on undo_conflict (row_id) where settled_at is null;`,
}
