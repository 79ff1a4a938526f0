import type { NotebookView } from "../../server/run/view.ts";
import type { Api } from "./api.ts";
import { Debounce } from "./debounce.ts";
import type { Drafts, LeftDraft } from "./drafts.ts";
import * as step from "./saving.ts";
import { Watchable } from "./watchable.ts";

const SAVE_AFTER = 800;
const KEEP_WITHIN = 500;
const RETRY_AFTER = 5_000;

/** A notebook's text as it is edited: saved to the file by itself, kept in the browser until it is, never over somebody else's. */
export class NotebookFile extends Watchable {
  readonly path: string;
  readonly readOnly: boolean;
  #state: step.Saving;
  #saving: Promise<boolean> | null = null;
  #draft: LeftDraft | null;
  /** Whether this visit has kept a draft that is not in the file yet. */
  #kept = false;
  readonly #soon = new Debounce(SAVE_AFTER, () => void this.save());
  readonly #retry = new Debounce(RETRY_AFTER, () => void this.save());
  readonly #keep = new Debounce(KEEP_WITHIN, () => this.#keepDraft());

  /** Hears the names of what a change of the file brought. */
  onTaken: (names: readonly string[]) => void = () => undefined;

  constructor(
    private readonly api: Api,
    private readonly drafts: Drafts,
    view: NotebookView,
  ) {
    super();
    this.path = view.path;
    this.readOnly = view.readOnly;
    this.#state = step.opened(view);
    this.#draft = this.#offered();
  }

  get text(): string {
    return this.#state.text;
  }

  get state(): step.Saving {
    return this.#state;
  }

  get status(): step.SaveStatus {
    return step.saveStatus(this.#state);
  }

  /** Typing of an earlier visit that never reached the file; null where there is none or all has been answered. */
  get draft(): LeftDraft | null {
    return this.#draft;
  }

  edit(text: string): void {
    if (this.readOnly || text === this.#state.text) return;
    this.#become(step.edited(this.#state, text));
    this.#keep.within();
    this.#soon.soon();
  }

  /** Saves what is unsaved; true once the file holds the page's text. */
  async save(): Promise<boolean> {
    this.#soon.stop();
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  /** What the file holds by now, after somebody else changed it. */
  found(view: NotebookView): void {
    if (this.#state.flight !== null) return;
    this.#become(step.fileFound(this.#state, view));
  }

  keepMine(): void {
    this.#become(step.keepMine(this.#state));
    void this.save();
  }

  /** Settles a conflict by a text of both. */
  settle(text: string): void {
    this.#become(step.settled(this.#state, text));
    this.#keep.within();
    void this.save();
  }

  takeTheirs(): void {
    this.#become(step.takeTheirs(this.#state));
    this.#forget();
  }

  /** Puts a draft back; what is typed meanwhile is saved first, so that neither takes the place of the other. */
  async restoreDraft(): Promise<void> {
    const draft = this.#draft;
    if (draft === null || !(await this.save())) return;
    this.#become(step.putBack(this.#state, draft));
    this.#keepDraft();
    this.discardDraft();
    this.#soon.soon();
  }

  discardDraft(): void {
    if (this.#draft !== null) void this.drafts.forgetLeft(this.#draft);
    this.#draft = this.#offered();
    this.changed();
  }

  close(): void {
    this.#retry.stop();
    if (step.isUnsaved(this.#state)) void this.save();
  }

  async #saveAll(): Promise<boolean> {
    while (step.isUnsaved(this.#state) && this.#state.theirs === null) {
      this.#become(step.sent(this.#state));
      const saved = await this.api.save(this.path, this.#state.text, this.#state.disk.etag);
      const current = saved.ok ? null : currentIn(saved.body);
      if (saved.ok) this.#become(step.stored(this.#state, saved.value.etag));
      else if (saved.status === 412 && current !== null) this.#become(step.refused(this.#state, current));
      else {
        this.#become(step.saveFailed(this.#state, saved.problem));
        // The server is not there, or does not know this browser any more: both may pass.
        if (saved.status === 0 || saved.status === 401) this.#retry.soon();
        return false;
      }
    }
    if (step.isUnsaved(this.#state)) return false;
    this.#keep.stop();
    // Another visit's draft is not ours to forget.
    if (this.#kept) this.#forget();
    return true;
  }

  /** What an earlier visit left; what is in the file already is no draft any more. */
  #offered(): LeftDraft | null {
    for (let draft = this.drafts.left(this.path); draft !== null; draft = this.drafts.left(this.path)) {
      if (draft.text !== this.#state.text) return draft;
      void this.drafts.forgetLeft(draft);
    }
    return null;
  }

  #keepDraft(): void {
    if (!step.isUnsaved(this.#state)) return;
    this.#kept = true;
    const { text, disk } = this.#state;
    void this.drafts.keep(this.path, { text, base: disk.text, etag: disk.etag, at: Date.now() });
  }

  #forget(): void {
    this.#kept = false;
    void this.drafts.forget(this.path);
  }

  #become(state: step.Saving): void {
    const { taken } = this.#state;
    this.#state = state;
    this.changed();
    if (state.taken !== taken && state.taken.length > 0) this.onTaken(state.taken);
  }
}

function currentIn(body: unknown): NotebookView | null {
  if (typeof body !== "object" || body === null || !("current" in body)) return null;
  return body.current as NotebookView | null;
}
