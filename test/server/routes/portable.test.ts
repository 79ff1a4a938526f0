import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { Supervisor } from "../../../server/kernel/supervisor.ts";
import type { PortableRule, PortableText } from "../../../server/run/portable/view.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { type App, appFor, call, codeOf, workspaceFolder } from "./workspace-folder.ts";

const PATH = "notebooks/n.md";
const NOTEBOOK = `---
segbook: 1
---

\`\`\`sql people
SELECT i AS customer_id, i * 10 AS spend FROM range(5) t(i) ORDER BY i
\`\`\`

\`\`\`segments groups
of: people
segments:
  'Big, "one"': spend > 20
\`\`\`
`;
const SEGMENT = 'Big, "one"';

describe("segments by the API", () => {
  let app: App;
  let kernels: Supervisor;
  beforeAll(() => {
    const root = workspaceFolder({ [PATH]: NOTEBOOK });
    kernels = new Supervisor(workspaceAt(root), async (path) => readFileSync(join(root, path), "utf8"));
    app = appFor(root, { kernels });
  });
  afterAll(() => kernels.close());
  const members = (more: Record<string, unknown>) =>
    call(app, "POST", "/api/segment/members", { json: { path: PATH, cell: "groups", segment: SEGMENT, ...more } });

  test("are written for other tools, and read from them, saved or not", async () => {
    const ask = { path: PATH, cell: "groups", segment: SEGMENT };
    const written = await call(app, "POST", "/api/segment/write", { json: { ...ask, format: "jsonlogic" } });
    const { text } = (await written.json()) as PortableText;
    const read = await call(app, "POST", "/api/segment/read", {
      json: { path: PATH, text: NOTEBOOK, cell: "groups", format: "jsonlogic", source: text },
    });
    expect(await read.json()).toMatchObject({ rule: "spend > 20", remarks: [] } satisfies Partial<PortableRule>);
    const unknown = await call(app, "POST", "/api/segment/write", {
      json: { ...ask, segment: "Nobody", format: "tree" },
    });
    expect(await codeOf(unknown)).toBe("unknown-segment");
    expect((await call(app, "POST", "/api/segment/write", { json: { ...ask, format: "braze" } })).status).toBe(400);
  });

  test("give their members as an attachment, having run what that needs", async () => {
    const reply = await members({ columns: ["spend"] });
    expect(reply.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''Big%2C%20%22one%22.csv");
    expect(await reply.text()).toBe("customer_id,spend\n3,30\n4,40\n");
    expect(await codeOf(await members({ columns: ["spnd"] }))).toBe("unknown-column");
    expect((await members({ columns: "spend" })).status).toBe(400);
    expect(await codeOf(await members({ path: "notebooks/none.md" }))).toBe("notebook-missing");
    expect((await call(app, "GET", `/api/segment/members?path=${PATH}&cell=groups&segment=x`)).status).toBe(404);
  });

  test("leave nothing of people behind, though nobody reads the answer", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "segbook-"));
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(temporary, { recursive: true });
    });
    const reply = await members({ format: "parquet" });
    expect(reply.status).toBe(200);
    expect(readdirSync(temporary)).toEqual([]);
    await reply.body?.cancel();
  });
});
