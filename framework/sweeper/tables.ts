/** The sweeper's tables, in the schema `turri`. */
export const sweeperMigrations: Record<string, string> = {
  '0004-sweeper': `
    -- Runs that ended without a chance to take back what they did: terminated, or timed out.
    create table lost_run (
      workflow_id text not null,
      run_id text not null,
      first_run_id text not null,
      status text not null,
      closed_at timestamptz not null,
      found_at timestamptz not null default clock_timestamp(),
      settled_at timestamptz,
      outcome text, -- what became of it
      primary key (workflow_id, run_id)
    );
    create index lost_run_open on lost_run (found_at) where settled_at is null;

    -- How far a list that Temporal keeps has been looked through.
    create table watermark (name text primary key, at timestamptz not null);`,

  '0006-lost-runs-in-turn': `
    alter table lost_run add column tried_at timestamptz; -- when it was looked at last, and had to wait`,
}
