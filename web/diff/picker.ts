import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatMoment } from "../../server/figures/format-time.ts";
import type { Problem } from "../../server/notebook/model.ts";
import type { Revision } from "../../server/store/revisions.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import { withCode } from "../parts/problem.ts";
import { type Against, isOther } from "../state/route.ts";
import type { Session } from "../state/session.ts";
import type { Workbench } from "../state/workbench.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";

/** What to compare a notebook with. Events: `choose`, and `offer` for what is likely meant where nothing was chosen, with `{ against }`. */
@customElement("seg-diff-picker")
export class SegDiffPicker extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: block;
        font-size: var(--size-2);
      }
      form,
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-2);
      }
      input {
        font-family: var(--mono);
      }
      form {
        margin-top: var(--gap-2);
      }
      p {
        margin: var(--gap-2) 0 0;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) bench: Workbench | null = null;
  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false, hasChanged: isOther }) against: Against | null = null;
  @state() private revisions: readonly Revision[] | null = null;
  @state() private problem: Problem | null = null;
  /** Whether a revision is being written that the list lacks. */
  @state() private writing = false;
  #asked: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked?.abort();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("against")) this.writing = false;
    if (changed.has("session") && this.session !== null) void this.#ask(this.session);
  }

  override render() {
    const { bench, session, against } = this;
    if (bench === null || session === null) return nothing;
    const { revisions } = this;
    const others = (bench.workspace?.notebooks ?? []).filter(({ path }) => path !== session.path);
    const chosen = this.writing ? "write" : JSON.stringify(against);
    const option = (value: Against, words: string) => {
      const key = JSON.stringify(value);
      return html`<option value=${key} ?selected=${key === chosen}>${words}</option>`;
    };
    const listed = (revisions ?? []).some(({ id }) => JSON.stringify({ revision: id }) === chosen);
    const isUnlisted = against !== null && "revision" in against && !listed;
    return html`<label
        >Compare with
        <select @change=${(event: Event) => this.#chosen((event.target as HTMLSelectElement).value)}>
          ${against === null && !this.writing ? html`<option value="" selected>Choose …</option>` : nothing}
          ${isSaved(session) && !(against && "saved" in against) ? nothing : option({ saved: true }, "The saved file")}
          <optgroup label="Earlier versions">
            ${isUnlisted ? option(against, against.revision) : nothing}
            ${(revisions ?? []).map((one) => option({ revision: one.id }, revisionWords(one)))}
            ${this.problem === null ? html`<option value="write" ?selected=${this.writing}>Another revision …</option>` : nothing}
          </optgroup>
          ${
            others.length === 0
              ? nothing
              : html`<optgroup label="Other notebooks">${others.map(({ path, title }) => option({ path }, title))}</optgroup>`
          }
        </select>
      </label>
      ${this.writing ? this.#form() : nothing}
      ${this.problem === null ? nothing : html`<p>${withCode(`${this.problem.message} ${this.problem.hint}`)}</p>`}`;
  }

  #form() {
    return html`<form @submit=${this.#submitted}>
      <label>Revision <input name="revision" autocomplete="off" spellcheck="false" placeholder="HEAD~1" /></label>
      <seg-button @click=${this.#submitted}>Compare</seg-button>
    </form>`;
  }

  #chosen(value: string): void {
    this.writing = value === "write";
    if (value === "write") void this.updateComplete.then(() => this.renderRoot.querySelector("input")?.focus());
    else if (value !== "") emit(this, "choose", { against: JSON.parse(value) as Against });
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    const revision = this.renderRoot.querySelector("input")?.value.trim() ?? "";
    if (revision !== "") emit(this, "choose", { against: { revision } });
  };

  async #ask(session: Session): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const found = await this.bench?.api.revisions(session.path, asked.signal).catch(() => null);
    if (!found || this.#asked !== asked) return;
    this.revisions = found.ok ? found.value.revisions : [];
    this.problem = found.ok ? null : found.problem;
    if (this.against !== null) return;
    const [newest] = this.revisions;
    const likely: Against | null = !isSaved(session) ? { saved: true } : newest ? { revision: newest.id } : null;
    if (likely !== null) emit(this, "offer", { against: likely });
  }
}

function isSaved(session: Session): boolean {
  return session.file.text === session.file.state.disk.text;
}

function revisionWords({ id, at, subject }: Revision): string {
  const short = subject.length > 60 ? `${subject.slice(0, 59)}…` : subject;
  return `${formatMoment(at)} · ${short} · ${id.slice(0, 7)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-diff-picker": SegDiffPicker;
  }
}
