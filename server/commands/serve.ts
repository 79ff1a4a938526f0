import { type ServeOptions, startServer } from "../serve.ts";
import { removeLeftSaves } from "../store/left-saves.ts";
import { takeWorkspace } from "../store/serving.ts";
import { CallFault, settingsFor, workspaceFor } from "./command.ts";

export interface ServeFlags {
  readonly workspace?: string;
  readonly port?: string | number;
  readonly host?: string;
}

/** Serves the workbench until it is told to stop; the first line it prints is its address. */
export async function serve(flags: ServeFlags): Promise<number> {
  const workspace = workspaceFor(flags.workspace);
  const port = flags.port === undefined ? 4173 : Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new CallFault(`--port takes a number from 0 to 65535, found ${flags.port}.`);
  const settings = settingsFor(workspace, flags);
  const taken = await takeWorkspace(workspace.state);
  if ("taken" in taken) {
    const message = `${workspace.root} is served already, by process ${taken.taken.pid}.`;
    throw new CallFault(`${message} Use that one or end it; \`segbook run\` works beside it.`);
  }
  try {
    await removeLeftSaves(workspace.notebooks, Date.now());
    await serveUntilTold({
      workspace,
      host: flags.host ?? "127.0.0.1",
      port,
      portGiven: flags.port !== undefined,
      settings,
    });
  } finally {
    await taken.release();
  }
  return 0;
}

async function serveUntilTold(options: ServeOptions): Promise<void> {
  const server = await startServer(options);
  process.stdout.write(`${server.url}\n`);
  server.prepare();
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  await server.close();
}
