/** The framework's own tables, in the schema `turri`. */
export const receiptMigrations: Record<string, string> = {
  '0001-receipts': `
    create table receipt (
      workflow_id text not null,
      run_id text not null, -- the first run of the chain
      generation integer not null,
      step_key text not null,
      method text not null,
      kind text not null check (kind in ('read', 'write', 'call', 'undo', 'undoCall')),
      input_digest text not null,
      input json, -- json, not jsonb: the order of keys is part of what a later step's digest sees
      result json,
      failure json, -- { type, message, problem? } instead of a result
      finished_at timestamptz, -- null only while a call is under way
      attempts jsonb not null default '[]', -- [{ at, deadline?, ended_at?, error?, repeated? }]
      created_at timestamptz not null default clock_timestamp(),
      primary key (workflow_id, run_id, generation, step_key)
    );
    create index receipt_created_at on receipt (created_at);

    -- The tombstone of a run: no act of it has an effect from here on.
    create table take_back (
      workflow_id text not null,
      run_id text not null,
      failure jsonb not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (workflow_id, run_id)
    );`,
}
