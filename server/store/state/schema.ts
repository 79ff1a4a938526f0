/** Marks the file as Segbook's state (`Segb`). */
export const APPLICATION = 0x53656762;

/** The statements that lead from each version to the next; never changed once released, only added to. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE monitors (
    notebook TEXT NOT NULL,
    cell TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (notebook, cell)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE incidents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    notebook TEXT NOT NULL,
    cell TEXT NOT NULL,
    period TEXT NOT NULL,
    finding TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX incidents_of ON incidents (notebook, cell);

  CREATE TABLE alerts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    notebook TEXT NOT NULL,
    cell TEXT NOT NULL,
    period TEXT NOT NULL,
    finding TEXT NOT NULL,
    settled INTEGER NOT NULL,
    closed TEXT,
    decision TEXT,
    incident TEXT REFERENCES incidents (id)
  ) STRICT;
  CREATE INDEX alerts_of ON alerts (notebook, cell);

  CREATE TABLE happenings (
    alert TEXT NOT NULL REFERENCES alerts (id),
    number INTEGER NOT NULL,
    what TEXT NOT NULL,
    at INTEGER NOT NULL,
    as_of INTEGER,
    tier TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (alert, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX happenings_at ON happenings (at);

  CREATE TABLE annotations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    kind TEXT,
    subject TEXT,
    text TEXT NOT NULL,
    before TEXT,
    after TEXT,
    undoes INTEGER REFERENCES audit (id),
    undone_by INTEGER REFERENCES audit (id)
  ) STRICT;
  CREATE INDEX audit_of ON audit (subject);
  `,
  `
  CREATE TABLE judged (
    notebook TEXT NOT NULL,
    cell TEXT NOT NULL,
    segment TEXT NOT NULL,
    metric TEXT NOT NULL,
    definition TEXT NOT NULL,
    cohorts TEXT NOT NULL,
    PRIMARY KEY (notebook, cell, segment, metric)
  ) STRICT, WITHOUT ROWID;
  `,
  // From here on a decision may be of the kind `ended`, which an earlier version takes for damage.
  `
  ALTER TABLE monitors ADD COLUMN written TEXT NOT NULL DEFAULT '';

  CREATE TABLE standings (
    notebook TEXT NOT NULL,
    cell TEXT NOT NULL,
    segment TEXT NOT NULL,
    metric TEXT NOT NULL,
    e_value REAL NOT NULL,
    PRIMARY KEY (notebook, cell, segment, metric)
  ) STRICT, WITHOUT ROWID;
  `,
];
