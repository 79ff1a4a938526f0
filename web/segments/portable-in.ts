import { html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { setScalar } from "../../server/notebook/edit/set-scalar.ts";
import type { Cell } from "../../server/notebook/model.ts";
import type { PortableRule, ReadFormat } from "../../server/run/portable/view.ts";
import "../parts/button.ts";
import { emit } from "../parts/emit.ts";
import "../parts/problem.ts";
import { ReadDefinition } from "../state/portable.ts";
import type { Session } from "../state/session.ts";
import type { Change } from "../state/structure.ts";
import { base } from "../theme/base.ts";
import { field } from "../theme/field.ts";
import { formatOf, IN_FORMATS } from "./portable-formats.ts";
import "./portable-report.ts";
import { portableStyle } from "./portable-style.ts";
import { nameFault } from "./segment-edits.ts";
import { writtenRules } from "./written-rules.ts";

/** Somebody else's definition becomes a segment: what is read of it, and what is not. Events: `make-change`, `close`. */
@customElement("seg-portable-in")
export class SegPortableIn extends LitElement {
  static override styles = [base, field, portableStyle];

  @property({ attribute: false }) session: Session | null = null;
  @property({ attribute: false }) cell: Cell | null = null;
  @state() private format: ReadFormat = "tree";
  @state() private source = "";
  @state() private names: Readonly<Record<string, string>> = {};
  /** What was typed; null for what the definition is called. */
  @state() private typed: string | null = null;
  @state() private isOver = false;
  @state() private fileName: string | null = null;
  readonly #read = new ReadDefinition(this, () => {
    const { session, cell, format, source, names: map } = this;
    if (session === null || cell === null || source.trim() === "") return null;
    return { session, ask: { cell: cell.id, format, source, map } };
  });

  override render() {
    const chosen = IN_FORMATS.find(({ id }) => id === this.format);
    return html`<div class="row">
        <label
          >From
          <select @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
            ${IN_FORMATS.map(({ id, label }) => html`<option value=${id} ?selected=${id === this.format}>${label}</option>`)}
          </select></label
        >
        <label>File <input type="file" accept=".json,.sql,.txt,application/json,text/plain" @change=${this.#picked} /></label>
      </div>
      <textarea
        class=${this.isOver ? "over" : ""}
        aria-label="The definition"
        placeholder=${`Paste it or drop a file here, such as\n${chosen?.example ?? ""}`}
        spellcheck="false"
        .value=${this.source}
        @input=${(event: Event) => this.#take((event.target as HTMLTextAreaElement).value)}
        @dragover=${this.#over}
        @dragleave=${() => this.#leave()}
        @drop=${this.#dropped}
      ></textarea>
      ${this.#outcome()}`;
  }

  #outcome() {
    const { value, pending, problem } = this.#read;
    if (problem !== null) return html`<seg-problem .problem=${problem}></seg-problem>`;
    if (value === null) return html`<p role="status">${pending ? "Reading …" : ""}</p>`;
    const asked = value.unknown;
    return html`<p role="status">
        ${value.rule === null ? "It can't be read in full, so nothing is taken over. What is in the way:" : "Read in full."}
      </p>
      ${value.remarks.length === 0 ? nothing : html`<seg-portable-report .remarks=${value.remarks}></seg-portable-report>`}
      ${asked.length === 0 && Object.keys(this.names).length === 0 ? nothing : this.#mapping(value)}
      ${value.rule === null ? nothing : this.#insertion(value, value.rule)}`;
  }

  #mapping({ unknown }: PortableRule) {
    const chosen = Object.entries(this.names).filter(([theirs]) => unknown.every((one) => one.theirs !== theirs));
    return html`<p>${unknown.length > 0 ? "What is it called here?" : "Called here:"}</p>
      <div class="names">
        ${unknown.map(
          ({ theirs, what, near, known }) =>
            html`<code>${theirs}</code>
              <select aria-label=${`${theirs}: ${what} of the notebook`} @change=${(event: Event) => this.#name(theirs, (event.target as HTMLSelectElement).value)}>
                <option value="">Choose the ${what} …</option>
                ${[...near, ...known.filter((name) => !near.includes(name))].map((name) => html`<option>${name}</option>`)}
              </select>`,
        )}
        ${chosen.map(
          ([theirs, ours]) =>
            html`<code>${theirs}</code>
              <span>is ${ours} <seg-button kind="quiet" label=${`Choose another for ${theirs}`} @click=${() => this.#name(theirs, "")}>Another</seg-button></span>`,
        )}
      </div>`;
  }

  #insertion({ words, name }: PortableRule, rule: string) {
    const { session, cell } = this;
    if (session === null || cell === null) return nothing;
    const called = this.typed ?? name ?? this.fileName ?? "";
    const names = (writtenRules(cell) ?? []).map((one) => one.name);
    const fault = nameFault({ cell, names, segment: null }, called);
    return html`<p class="words">${words}</p>
      <pre class="rule">${rule}</pre>
      <div class="row end">
        <label
          >Name
          <input
            autocomplete="off"
            .value=${called}
            aria-invalid=${fault !== null && called !== "" ? "true" : nothing}
            @input=${(event: Event) => {
              this.typed = (event.target as HTMLInputElement).value;
            }}
          /></label>
        ${fault === null ? nothing : html`<small>${fault}</small>`}
        <seg-button kind="primary" ?disabled=${fault !== null || session.file.readOnly} @click=${() => this.#insert(called, rule)}
          >Add to ${cell.id}</seg-button
        >
      </div>`;
  }

  #insert(name: string, rule: string): void {
    const { session, cell } = this;
    if (session === null || cell === null) return;
    const text = setScalar(session.file.text, cell.id, ["segments", name], rule);
    emit(this, "make-change", { label: `Added the segment ${name}`, text, at: cell.id } satisfies Change);
    emit(this, "close", null);
  }

  #take(text: string): void {
    const looks = this.source.trim() === "" ? formatOf(text) : null;
    this.source = text;
    if (looks !== null) this.format = looks;
  }

  #choose(value: string): void {
    this.format = IN_FORMATS.find(({ id }) => id === value)?.id ?? this.format;
  }

  #name(theirs: string, ours: string): void {
    const { [theirs]: _, ...others } = this.names;
    this.names = ours === "" ? others : { ...others, [theirs]: ours };
  }

  readonly #picked = (event: Event): void => void this.#open((event.target as HTMLInputElement).files?.[0]);

  readonly #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isOver = true;
  };

  readonly #dropped = (event: DragEvent): void => {
    this.#leave();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void this.#open(file);
  };

  #leave(): void {
    this.isOver = false;
  }

  async #open(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const text = await file.text();
    this.fileName = file.name.replace(/\.[^.]*$/, "");
    this.source = "";
    this.names = {};
    this.#take(text);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-portable-in": SegPortableIn;
  }
}
