import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PlanView, RunRequest, StreamEvent } from "../../../server/run/view.ts";

/** The compiled server on a workspace, asked as the page asks it. */
export class BenchServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly address: URL,
  ) {}

  static async start(workspace: string, nodeOptions = ""): Promise<BenchServer> {
    const main = fileURLToPath(new URL("../../../dist/server/main.js", import.meta.url));
    const child = spawn(process.execPath, [main, "serve", "--workspace", workspace], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_OPTIONS: nodeOptions },
    });
    let said = "";
    const address = await new Promise<URL>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        said += chunk.toString();
        const url = /http:\/\/\S+token=\S+/.exec(said)?.[0];
        if (url !== undefined) resolve(new URL(url));
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    });
    return new BenchServer(child, address);
  }

  /** The page's address with its token. */
  get url(): string {
    return this.address.href;
  }

  async json<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
    const response = await this.fetch(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  plan(path: string, more: object = {}): Promise<PlanView> {
    return this.json("POST", "/api/plan", { path, ...more });
  }

  /** Runs cells and waits for the run's end; throws where one of them fails. */
  async run(request: RunRequest): Promise<void> {
    const stream = await this.fetch("GET", "/api/events");
    if (stream.body === null) throw new Error("no event stream");
    const { run } = await this.json<{ run: string }>("POST", "/api/runs", request);
    const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Error("the event stream ended");
      text += value;
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines.filter((one) => one.startsWith("data:"))) {
        const event = JSON.parse(line.slice(5)) as StreamEvent;
        if (event.type === "cell" && event.run === run && event.cell.state === "failed")
          process.stderr.write(`${event.cell.id}: ${event.cell.problems.map(({ message }) => message).join(" ")}\n`);
        if (event.type !== "run" || event.run !== run || event.state === "started") continue;
        await reader.cancel();
        if (event.state !== "done") throw new Error(`the run ended as ${event.state}`);
        return;
      }
    }
  }

  /** Resident memory of the server and of its kernels, in MB. */
  memory(): { server: number; kernels: number } {
    const [own = 0, ...kernels] = this.pids();
    return { server: residentOf(own), kernels: kernels.reduce((sum, pid) => sum + residentOf(pid), 0) };
  }

  /** Milliseconds that the server and its kernels have had of the cores. */
  cpu(): number {
    return this.pids().reduce((sum, pid) => sum + cpuOf(pid), 0);
  }

  /** Waits until the server does nothing any more, as it does long before a person has opened its page. */
  async settled(): Promise<void> {
    for (let before = -1; ; ) {
      const now = this.cpu();
      if (now - before < 5) return;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
  }

  private pids(): number[] {
    const own = this.child.pid ?? 0;
    const kernels = readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === own);
    return [own, ...kernels.map(Number)];
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGINT");
    await ended;
  }

  private fetch(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.address.searchParams.get("token")}`,
      origin: this.address.origin,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(new URL(path, this.address), { method, headers, ...sent });
  }
}

function parentOf(pid: string): number | null {
  try {
    return Number(/\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] ?? -1);
  } catch {
    return null;
  }
}

function cpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const times = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
    );
    return times.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return 0;
  }
}

function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
