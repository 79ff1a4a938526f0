import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { formatCount } from "../../server/figures/format.ts";
import { field as bodyField } from "../../server/figures/segmentation.ts";
import type { Problem } from "../../server/notebook/model.ts";
import "../parts/button.ts";
import "../parts/problem.ts";
import { download } from "../state/download.ts";
import { WrittenSegment } from "../state/portable.ts";
import type { Session } from "../state/session.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";
import { OUT_FORMATS, type OutFormat } from "./portable-formats.ts";
import "./portable-report.ts";
import { portableStyle } from "./portable-style.ts";

/** A segment for other tools: its members, its SQL, or its rule in their form, with what they can't say. */
@customElement("seg-portable-out")
export class SegPortableOut extends LitElement {
  static override styles = [base, field, portableStyle];

  @property({ attribute: false }) session: Session | null = null;
  @property() cell = "";
  @property() segment = "";
  @state() private format: OutFormat = "csv";
  @state() private columns: readonly string[] = [];
  @state() private names: Readonly<Record<string, string>> = {};
  @state() private said: { readonly words: string; readonly problem: Problem | null } | null = null;
  @state() private busy = false;
  readonly #written = new WrittenSegment(this, () => {
    const { session, cell, segment, format, names: map } = this;
    if (session === null || format === "csv" || format === "parquet") return null;
    return { session, ask: { cell, segment, format, map } };
  });

  override render() {
    const chosen = OUT_FORMATS.find(({ id }) => id === this.format);
    return html`<div class="row">
        <label
          >As
          <select @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
            ${OUT_FORMATS.map(({ id, label }) => html`<option value=${id} ?selected=${id === this.format}>${label}</option>`)}
          </select></label
        >
        <span>${chosen?.about}</span>
      </div>
      ${this.format === "csv" || this.format === "parquet" ? this.#members() : this.#text()}
      ${this.said === null ? nothing : html`<p role="status">${this.said.words}</p>`}
      ${this.said?.problem == null ? nothing : html`<seg-problem .problem=${this.said.problem}></seg-problem>`}`;
  }

  #members() {
    const { session, cell } = this;
    const of = String(bodyField(session?.cell(cell)?.body, "of") ?? "");
    const key = session?.notebook.head.entity ?? "";
    const relation = session?.cells.flatMap(({ relations }) => relations).find(({ name }) => name === of);
    const names = (relation?.columns ?? []).map(({ name }) => name).filter((name) => name !== key);
    return html`<p>The file holds <code>${key}</code> alone unless more is ticked. Whoever is held out as a control is not in it.</p>
      ${
        names.length === 0
          ? nothing
          : html`<fieldset>
              <legend>Columns of ${of}</legend>
              ${names.map(
                (name) =>
                  html`<label
                    ><input
                      type="checkbox"
                      .checked=${this.columns.includes(name)}
                      @change=${(event: Event) => this.#tick(name, (event.target as HTMLInputElement).checked ? "in" : "out")}
                    />${name}</label
                  >`,
              )}
            </fieldset>`
      }
      <div class="row end">
        <seg-button kind="primary" .busy=${this.busy} @click=${() => void this.#downloadMembers()}>Download</seg-button>
      </div>`;
  }

  #text() {
    const { value, pending, problem } = this.#written;
    if (problem !== null) return html`<seg-problem .problem=${problem}></seg-problem>`;
    if (value === null) return html`<p role="status">${pending ? "Writing …" : ""}</p>`;
    const told = value.remarks.filter(({ code }) => code !== "name-for-id");
    const ids = value.remarks.filter(({ code }) => code === "name-for-id").map(({ at }) => at);
    const asked = [...new Set([...Object.keys(this.names), ...ids])];
    return html`${
      value.text === null
        ? html`<p>Something in the rule can't be said there, so nothing is written: half a rule would be another segment.</p>`
        : nothing
    }
      ${told.length === 0 ? nothing : html`<seg-portable-report .remarks=${told}></seg-portable-report>`}
      ${asked.length === 0 ? nothing : this.#ids(asked)}
      ${
        value.text === null
          ? nothing
          : html`<pre tabindex="0" aria-label="The text">${value.text}</pre>
              <div class="row end">
                <seg-button @click=${() => void this.#copy(value.text ?? "")}>Copy</seg-button>
                <seg-button kind="primary" @click=${() => this.#downloadText(value.text ?? "")}>Download</seg-button>
              </div>`
      }`;
  }

  /** Platforms know events and segments by ids, which the notebook does not. */
  #ids(names: readonly string[]) {
    return html`<p>There they are known by ids:</p>
      <div class="names">
        ${names.map(
          (name) =>
            html`<code>${name}</code>
              <input
                aria-label=${`Id of ${name}`}
                placeholder="its id"
                .value=${this.names[name] ?? ""}
                @change=${(event: Event) => this.#name(name, (event.target as HTMLInputElement).value.trim())}
              />`,
        )}
      </div>`;
  }

  #choose(value: string): void {
    this.format = OUT_FORMATS.find(({ id }) => id === value)?.id ?? this.format;
    this.said = null;
  }

  #tick(name: string, which: "in" | "out"): void {
    const others = this.columns.filter((one) => one !== name);
    this.columns = which === "in" ? [...others, name] : others;
  }

  #name(name: string, id: string): void {
    const { [name]: _, ...others } = this.names;
    this.names = id === "" ? others : { ...others, [name]: id };
  }

  async #copy(text: string): Promise<void> {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    this.said = {
      words: isCopied ? "Copied." : "The browser did not let it be copied: select the text instead.",
      problem: null,
    };
  }

  #downloadText(text: string): void {
    const end = OUT_FORMATS.find(({ id }) => id === this.format)?.file ?? "txt";
    download(new Blob([text], { type: "text/plain;charset=utf-8" }), `${this.segment}.${end}`);
  }

  async #downloadMembers(): Promise<void> {
    const { session, cell, segment, format, columns } = this;
    if (session === null || this.busy || (format !== "csv" && format !== "parquet")) return;
    this.busy = true;
    this.said = { words: "Running what it needs …", problem: null };
    const got = await session.members({ cell, segment, format, columns }).catch(() => null);
    this.busy = false;
    if (got === null) this.said = { words: "The file could not be made. Try again.", problem: null };
    else if (!got.ok) this.said = { words: "", problem: got.problem };
    else {
      download(got.value.blob, `${segment}.${format}`);
      const held = got.value.heldOut;
      const without = held === 0 ? "" : ` Without ${formatCount(held)} who are held out.`;
      this.said = { words: `Downloaded.${without}`, problem: null };
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-portable-out": SegPortableOut;
  }
}
