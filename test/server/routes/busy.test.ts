import { join } from "node:path";
import { expect, test } from "vitest";
import { createApp } from "../../../server/app.ts";
import { KernelsBusy } from "../../../server/kernel/places.ts";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { noKernels, workspaceFolder } from "./workspace-folder.ts";

test("where as many notebooks are at work as may be the answer says when to come again", async () => {
  const root = workspaceFolder();
  const kernels = { ...noKernels, plan: () => Promise.reject(new KernelsBusy(5)) };
  const address = { host: "127.0.0.1", port: 4173 };
  const app = createApp({ ...address, workspace: workspaceAt(root), token: "t", kernels, assets: join(root, "page") });
  const response = await app.request("http://127.0.0.1:4173/api/plan", {
    method: "POST",
    headers: { Authorization: "Bearer t", Host: "127.0.0.1:4173", "Content-Type": "application/json" },
    body: JSON.stringify({ path: "notebooks/first.md" }),
  });
  expect(response.status).toBe(503);
  expect(response.headers.get("Retry-After")).toBe("5");
  expect(await response.json()).toMatchObject({ problem: { code: "kernels-busy" } });
});
