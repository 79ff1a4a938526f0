/** A little of everything, for whoever has the time to go through it before it matters. */
export const FIRST_NOTEBOOK = `---
segbook: 1
as_of: 2026-10-31
timezone: Europe/London
---

# First

\`\`\`input least
type: number
default: 1
\`\`\`

\`\`\`sql people
SELECT 1 AS customer_id, 2 AS spend
\`\`\`

\`\`\`segments groups
of: people
segments: {Large: spend > $least}
\`\`\`
`;
