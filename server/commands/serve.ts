import { startServer } from "../serve.ts";
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
  const server = await startServer({
    workspace,
    host: flags.host ?? "127.0.0.1",
    port,
    portGiven: flags.port !== undefined,
    settings: settingsFor(workspace, flags),
  });
  process.stdout.write(`${server.url}\n`);
  server.prepare();
  await new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  await server.close();
  return 0;
}
