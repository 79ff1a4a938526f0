/** What would run, load or break out if anything of a file became a tag; each sets `pwned` where it does. */
export const HOSTILE = `<img src=x onerror="window.pwned=1"><script>window.pwned=2</script></style></title>"'><svg onload=window.pwned=3>`;

/** The same within a CSV field, and within a quoted YAML or SQL text. */
export const inCsv = `"${HOSTILE.replaceAll('"', '""')}"`;
export const inYaml = `'${HOSTILE.replaceAll("'", "''")}'`;
const inSql = inYaml;
const asName = `"${HOSTILE.replaceAll('"', '""')}"`;

/** A notebook that a stranger wrote: every place that takes a word holds the hostile one. */
export const hostileNotebook = `---
segbook: 1
title: ${inYaml}
as_of: 2026-10-31
---

# ${HOSTILE}

${HOSTILE} [a](javascript:window.pwned=4) ![b](https://example.com/c.png) [d](data:text/html,<script>window.pwned=5</script>)

\`\`\`input word
type: choice
label: ${inYaml}
default: ${inYaml}
options: [${inYaml}, other]
\`\`\`

\`\`\`source people
files: people.csv
columns: {customer_id: BIGINT}
event: placed order
at: at
\`\`\`

\`\`\`sql named
SELECT customer_id, name AS ${asName}, ${inSql} AS word, $word AS input FROM people ORDER BY ALL
\`\`\`

\`\`\`segments audiences
of: named
segments:
  ${inYaml}: customer_id > 0
otherwise: ${inYaml.replace("<img", "<IMG")}
\`\`\`

\`\`\`score points_of
of: named
points:
  - when: |-
      word = ${inSql}
    add: 3
bands:
  ${inYaml}: '>= 0'
\`\`\`

\`\`\`chart titled
of: people
spec:
  title: ${inYaml}
  description: ${inYaml}
  mark: {type: point, tooltip: true, href: 'javascript:window.pwned=6', cursor: 'url(https://example.com/d.cur)'}
  encoding:
    x: {field: customer_id, type: quantitative, title: ${inYaml}, axis: {labelFont: ${inYaml}}}
    y: {field: name, type: nominal}
    color: {field: name, type: nominal}
    href: {field: link}
    fill: {value: 'url(https://example.com/e.svg#f)'}
\`\`\`

\`\`\`chart pictured
of: people
spec:
  mark: image
  encoding:
    x: {field: customer_id, type: quantitative}
    url: {field: link}
\`\`\`

\`\`\`chart loading
of: people
spec:
  layer:
    - data: {url: 'https://example.com/people.csv'}
      mark: point
      encoding: {x: {field: customer_id}}
\`\`\`

\`\`\`sql wrong
SELECT ${asName} FROM people
\`\`\`

\`\`\`sql missing
SELECT * FROM ${asName}
\`\`\`

\`\`\`dream unknown_kind
${HOSTILE}
\`\`\`

\`\`\`
${HOSTILE}
\`\`\`
`;

export const hostilePeople = `customer_id,name,link,at,${inCsv}\n1,${inCsv},javascript:window.pwned=7,2026-01-01,x\n2,b,https://example.com/g.png,2026-01-02,y\n`;
