import type { NotebookView } from "../../server/run/view.ts";
import type { Api } from "./api.ts";
import { Debounce } from "./debounce.ts";
import type { Draft, Drafts } from "./drafts.ts";
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
  #draft: Draft | null;
  /** Whether this visit has kept a draft that is not in the file yet. */
  #kept = false;
  readonly #soon = new Debounce(SAVE_AFTER, () => void this.save());
  readonly #retry = new Debounce(RETRY_AFTER, () => void this.save());
  readonly #keep = new Debounce(KEEP_WITHIN, () => this.#keepDraft());

  constructor(
    private readonly api: Api,
    private readonly drafts: Drafts,
    view: NotebookView,
  ) {
    super();
    this.path = view.path;
    this.readOnly = view.readOnly;
    this.#state = step.opened(view);
    const draft = drafts.of(view.path);
    this.#draft = draft === null || draft.text === view.text ? null : draft;
    if (this.#draft === null) drafts.forget(view.path);
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

  /** Typing of an earlier visit that never reached the file; null where there is none or it has been answered. */
  get draft(): Draft | null {
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

  takeTheirs(): void {
    this.#become(step.takeTheirs(this.#state));
    this.#forget();
  }

  restoreDraft(): void {
    const draft = this.#draft;
    this.#draft = null;
    if (draft !== null) this.edit(draft.text);
  }

  discardDraft(): void {
    this.#draft = null;
    this.#forget();
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
        if (saved.status === 0) this.#retry.soon();
        return false;
      }
    }
    if (step.isUnsaved(this.#state)) return false;
    this.#keep.stop();
    // Another visit's draft is not ours to forget.
    if (this.#kept) this.#forget();
    return true;
  }

  #keepDraft(): void {
    if (!step.isUnsaved(this.#state)) return;
    this.#draft = null;
    this.#kept = true;
    this.drafts.keep(this.path, { text: this.#state.text, etag: this.#state.disk.etag, at: Date.now() });
  }

  #forget(): void {
    this.#kept = false;
    this.drafts.forget(this.path);
  }

  #become(state: step.Saving): void {
    this.#state = state;
    this.changed();
  }
}

function currentIn(body: unknown): NotebookView | null {
  if (typeof body !== "object" || body === null || !("current" in body)) return null;
  return body.current as NotebookView | null;
}
