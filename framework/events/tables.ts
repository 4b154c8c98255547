/** The tables of events and their deliveries, in the schema `turri`. */
export const eventMigrations: Record<string, string> = {
  '0003-events': `
    create table event (
      id text primary key,
      name text not null,
      data json not null,
      actor text not null,
      workflow_id text not null,
      run_id text not null, -- the first run of the chain
      at timestamptz not null default clock_timestamp(),
      dispatched_at timestamptz -- null only while a subscriber waits to be started
    );
    create index event_run on event (workflow_id, run_id);
    create index event_undispatched on event (at) where dispatched_at is null;
    create index event_at on event using brin (at);

    create table delivery (
      event_id text not null references event on delete cascade,
      subscriber text not null,
      workflow_id text not null,
      attempts integer not null default 1, -- how often it was started
      started_at timestamptz not null default clock_timestamp(),
      finished_at timestamptz, -- null while it runs
      failure json, -- { type, message, problem? } of the last attempt
      next_attempt_at timestamptz, -- null where it runs, is done, or waits for an operator
      primary key (event_id, subscriber)
    );
    create index delivery_due on delivery (next_attempt_at) where next_attempt_at is not null;`,
}
