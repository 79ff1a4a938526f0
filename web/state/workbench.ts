import type { Problem } from "../../server/notebook/model.ts";
import { renderScalar } from "../../server/notebook/yaml/render.ts";
import type { StreamEvent, WorkspaceView } from "../../server/run/view.ts";
import { listWords } from "../parts/list-words.ts";
import { Alerts } from "./alerts.ts";
import { Api } from "./api.ts";
import { Decisions } from "./decisions.ts";
import { draftStore } from "./draft-store.ts";
import { Drafts } from "./drafts.ts";
import { EventStream } from "./event-stream.ts";
import { queryOfValues } from "./inputs.ts";
import { Notices } from "./notices.ts";
import { Overview } from "./overview.ts";
import { Place } from "./place.ts";
import type { Route } from "./route.ts";
import { Session } from "./session.ts";
import { ThemeChoice } from "./theme.ts";
import { Watchable } from "./watchable.ts";

const FIRST_NOTEBOOK = "notebooks/first-segments.md";

/** Everything that the page knows: the workspace, where the reader is in it, and the notebook that is open. */
export class Workbench extends Watchable {
  readonly api = new Api();
  readonly stream = new EventStream();
  readonly place = new Place();
  readonly notices = new Notices();
  readonly overview = new Overview(this.api);
  /** What is recorded of every monitor. */
  readonly alerts = new Alerts(this.api);
  readonly decisions = new Decisions(this.alerts, this.notices);
  readonly theme = new ThemeChoice(document.documentElement);
  readonly #drafts = new Drafts(draftStore(), crypto.randomUUID());
  #workspace: WorkspaceView | null = null;
  #workspaceProblem: Problem | null = null;
  #session: Session | null = null;
  #opening: { path: string; abort: AbortController } | null = null;
  #openProblem: { path: string; problem: Problem } | null = null;

  get workspace(): WorkspaceView | null {
    return this.#workspace;
  }

  get workspaceProblem(): Problem | null {
    return this.#workspaceProblem;
  }

  /** The notebook that is open, also while another page is looked at. */
  get session(): Session | null {
    return this.#session;
  }

  /** Why the notebook of the present address could not be opened. */
  get openProblem(): Problem | null {
    const { route } = this.place;
    return isOfNotebook(route) && this.#openProblem?.path === route.path ? this.#openProblem.problem : null;
  }

  async start(): Promise<void> {
    this.stream.listen((event) => this.#hear(event));
    this.stream.onReopened(() => void this.#catchUp());
    // A stream that breaks does not say why; a call does.
    this.stream.watch(() => this.stream.state === "lost" && void this.loadWorkspace());
    this.stream.open();
    this.place.watch(() => void this.#arrive());
    addEventListener("pagehide", () => void this.#session?.file.save());
    // A notebook is read without them.
    void this.alerts.load();
    await Promise.all([this.loadWorkspace(), this.#arrive()]);
    await this.#arrive();
  }

  async loadWorkspace(): Promise<void> {
    const loaded = await this.api.workspace(new AbortController().signal);
    this.#workspaceProblem = loaded.ok ? null : loaded.problem;
    if (loaded.ok) this.#workspace = loaded.value;
    this.#tellFiles();
    this.changed();
  }

  /** Makes a notebook and goes to it; what is wrong, or null. */
  async create(name: string, title: string): Promise<Problem | null> {
    const made = await this.api.create(name, `---\nsegbook: 1\ntitle: ${renderScalar(title)}\n---\n`);
    if (!made.ok) return made.problem;
    await this.loadWorkspace();
    this.place.go({ page: "notebook", path: made.value.path, cell: null });
    return null;
  }

  async #arrive(): Promise<void> {
    const { route } = this.place;
    this.changed();
    if (route.page === "start") return this.#settle();
    if (!isOfNotebook(route)) return;
    if (route.path === this.#session?.path || route.path === this.#opening?.path) return;
    await this.#openNotebook(route.path);
  }

  #settle(): void {
    const notebooks = this.#workspace?.notebooks ?? [];
    const first = notebooks.find((notebook) => notebook.path === FIRST_NOTEBOOK) ?? notebooks[0];
    if (first !== undefined) this.place.settle({ page: "notebook", path: first.path, cell: null });
  }

  async #openNotebook(path: string): Promise<void> {
    this.#opening?.abort.abort();
    const opening = { path, abort: new AbortController() };
    this.#opening = opening;
    const { query } = this.place;
    const loading = this.api.notebook(path, opening.abort.signal).catch(() => null);
    // A run that is started before the stream is open would never be heard of.
    const [loaded] = await Promise.all([loading, this.#drafts.ready, this.stream.settled]);
    if (loaded === null || this.#opening !== opening) return;
    this.#opening = null;
    this.#session?.close();
    this.#session = loaded.ok ? new Session(this.api, this.#drafts, loaded.value, this.decisions) : null;
    this.#openProblem = loaded.ok ? null : { path, problem: loaded.problem };
    this.#tellFiles();
    if (this.#session !== null) {
      this.#session.file.onTaken = (names) =>
        this.notices.say(`The file was changed elsewhere; taken in: ${listWords(names)}.`);
    }
    this.changed();
    await this.#session?.open(query);
    const session = this.#session;
    session?.watch(() => this.#showValues(session));
  }

  #tellFiles(): void {
    if (this.#session !== null) this.#session.dataFiles = (this.#workspace?.data ?? []).map(({ path }) => path);
  }

  #showValues(session: Session): void {
    const { route } = this.place;
    if (route.page !== "notebook" || route.path !== session.path || session !== this.#session) return;
    const query = queryOfValues(session.values);
    if (query !== this.place.query) this.place.replaceQuery(query);
  }

  #hear(event: StreamEvent): void {
    this.#session?.hear(event);
    if (event.type === "alerts") void this.alerts.load();
    // What a run came to is seen at once where every monitor is.
    const isRunEnd = event.type === "run" && event.state !== "started";
    if (isRunEnd && this.place.route.page === "monitor") void this.loadWorkspace();
    if (event.type === "file" || event.type === "data") void this.loadWorkspace();
    if (event.type === "kernel" && event.state === "lost") this.notices.warn(event.message);
  }

  /** Gives the server the token of its address, which may be pasted whole; false where it is another's. */
  async signIn(pasted: string): Promise<boolean> {
    const token = /[?&]token=([^&\s]+)/.exec(pasted)?.[1] ?? pasted.trim();
    const answered = await fetch(`/?token=${encodeURIComponent(token)}`).catch(() => null);
    if (answered?.ok !== true) return false;
    this.stream.now();
    await this.#catchUp();
    return true;
  }

  async #catchUp(): Promise<void> {
    await Promise.all([this.loadWorkspace(), this.#session?.catchUp(), this.alerts.load()]);
  }
}

/** Whether an address needs a notebook to be open. */
function isOfNotebook(
  route: Route,
): route is Extract<Route, { path: string }> & { page: "notebook" | "compare" | "segment" | "series" | "person" } {
  return ["notebook", "compare", "segment", "series", "person"].includes(route.page);
}
