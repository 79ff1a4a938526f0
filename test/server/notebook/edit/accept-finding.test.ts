import { describe, expect, it } from "vitest";
import { acceptFinding, withdrawAcceptance } from "../../../../server/notebook/edit/accept-finding.ts";

const NOTEBOOK = `---
segbook: 1
---

\`\`\`segments groups
of: people
segments:
  VIP: spend > 200 # the best
\`\`\`

After.
`;

const small = { code: "segment-small", segment: "VIP", about: null, reason: "A pilot: we write to them by hand." };
const within = { code: "segment-within", segment: "VIP", about: "01", reason: "Meant" };

function accepted(text: string, acceptance: Parameters<typeof acceptFinding>[2]): string {
  const edited = acceptFinding(text, "groups", acceptance);
  if (typeof edited !== "string") throw new Error(edited.message);
  return edited;
}

describe("Accepting a finding", () => {
  it("adds lines below the cell's others and changes none", () => {
    const one = accepted(NOTEBOOK, small);
    expect(one).toBe(
      NOTEBOOK.replace(
        "# the best\n",
        `# the best
accept:
  - code: segment-small
    segment: VIP
    reason: 'A pilot: we write to them by hand.'
`,
      ),
    );
    const two = accepted(one, within);
    expect(two).toBe(
      one.replace(
        "by hand.'\n",
        `by hand.'
  - code: segment-within
    segment: VIP
    about: '01'
    reason: Meant
`,
      ),
    );
  });

  it("can be taken back, the last one with its key", () => {
    const one = accepted(NOTEBOOK, small);
    const two = accepted(one, within);
    expect(withdrawAcceptance(two, "groups", 1)).toBe(one);
    expect(withdrawAcceptance(two, "groups", 0)).toBe(accepted(NOTEBOOK, within));
    expect(withdrawAcceptance(one, "groups", 0)).toBe(NOTEBOOK);
  });

  it("keeps the file's line ends and what stands behind the list", () => {
    const text = NOTEBOOK.replace("segments:\n", "accept:\n  - {code: a, reason: b}\nsegments:\n").replaceAll(
      "\n",
      "\r\n",
    );
    const edited = accepted(text, small);
    expect(edited.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(edited).toContain("  - {code: a, reason: b}\r\n  - code: segment-small\r\n");
    expect(withdrawAcceptance(edited, "groups", 1)).toBe(text);
  });

  it("says why it can't where there is no such cell", () => {
    expect(acceptFinding(NOTEBOOK, "group", small)).toMatchObject({ code: "unknown-cell" });
  });
});
