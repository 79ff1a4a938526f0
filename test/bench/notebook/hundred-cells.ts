/** A notebook of 100 cells of all kinds but cluster and monitor over the demo's data: 5 inputs, 5 sources, and 90 that read them. */
export function hundredCells(): string {
  const cells: string[] = [];
  const cell = (kind: string, id: string, body: string) => cells.push(`\`\`\`${kind} ${id}\n${body}\n\`\`\`\n`);
  for (let i = 0; i < 5; i++) cell("input", `least_${i}`, `type: number\ndefault: ${10 * (i + 1)}`);
  cell(
    "source",
    "customers",
    `files: demo/customers.csv\ncolumns: {customer_id: {type: BIGINT, required: true}, signed_up: DATE}\nevent: signed up\nat: signed_up\non_error: set_aside`,
  );
  cell(
    "source",
    "orders",
    `files: demo/orders.csv\ncolumns: {customer_id: {type: BIGINT, required: true}, ordered_at: TIMESTAMP, amount: 'DECIMAL(10,2)'}\nevent: placed order\nat: ordered_at\non_error: set_aside`,
  );
  cell("source", "lines", "files: demo/order_lines/*.parquet\ndedupe: [order_id, line]");
  cell(
    "source",
    "mail",
    "files: demo/mail_events/*.parquet\nat: happened_at\nevents: {by: type, names: {opened: opened email, clicked: clicked email}}",
  );
  cell("source", "sends", "files: demo/sends/*.parquet");
  for (let i = 0; i < 20; i++)
    cell(
      "sql",
      `sales_${i}`,
      `SELECT category, sum(amount) AS revenue\nFROM orders WHERE amount > $least_${i % 5} AND lines > ${i}\nGROUP BY ALL ORDER BY ALL`,
    );
  for (let i = 0; i < 20; i++)
    cell(
      "features",
      `people_${i}`,
      `from: customers\ncolumns:\n  spend: sum of amount of placed order in last ${i + 30} days\n  opens: count of opened email in last ${i + 30} days\n  last: days since last placed order\n  share: {sql: 'opens / nullif(spend, 0)'}`,
    );
  for (let i = 0; i < 20; i++)
    cell(
      "segments",
      `groups_${i}`,
      `of: people_${i}\nsegments:\n  Spenders: spend > $least_${i % 5}\n  Readers: opens > 2 AND clicked email in last 60 days\n  Lost: NOT placed order in last 180 days`,
    );
  for (let i = 0; i < 10; i++)
    cell(
      "score",
      `points_${i}`,
      `of: people_${i}\npoints:\n  - {when: spend > 100, add: 5}\n  - {when: opens > 3, add: 2}\nbands: {Warm: '>= 5', Cold: '>= 0'}`,
    );
  for (let i = 0; i < 20; i++) cell("chart", `chart_${i}`, `of: sales_${i}\nmark: bar\nx: category\ny: revenue`);
  return `---\nsegbook: 1\nas_of: 2026-10-31\ntimezone: Europe/London\n---\n\n# A hundred cells\n\n${cells.join("\n")}`;
}
