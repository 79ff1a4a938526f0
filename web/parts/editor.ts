import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import {
  Annotation,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  Prec,
  Text,
  Transaction,
} from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, placeholder } from "@codemirror/view";
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../theme/base.ts";
import { type CompleteFunction, completionSource } from "./editor-completions.ts";
import { type EditorLanguage, languageExtension } from "./editor-languages.ts";
import { diagnosticsOf, type EditorProblem, movedDiagnostics, mover, withCodeShown } from "./editor-problems.ts";
import { editorLook } from "./editor-theme.ts";
import { emit } from "./emit.ts";
import "./problem.ts";
import type { Place } from "./problem.ts";

export type { CompleteFunction, CompletionQuery, EditorCompletion } from "./editor-completions.ts";
export type { EditorLanguage } from "./editor-languages.ts";
export type { EditorProblem } from "./editor-problems.ts";

/** A change of the reader's: the text as it is now, and whether the editor's own history made it. */
export interface EditorEdit {
  readonly value: string;
  readonly how: "typed" | "undo" | "redo";
}

/** Marks a change that came through `value`: it is not the reader's and is not sent back. */
const fromOutside = Annotation.define<true>();

/**
 * A text that is edited: as high as it is long, with its problems under it.
 * Events: `edit` with `{ value }` at every change of the reader's; `escape`, when Escape has nothing else to close;
 * `undo` and `redo` where the text's own history has nothing more.
 */
@customElement("seg-editor")
export class SegEditor extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .text {
        background: var(--seg-editor-background, var(--sunk));
      }
      .text:focus-within {
        box-shadow: inset 2px 0 0 var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) value = "";
  @property() language: EditorLanguage = "text";
  @property({ attribute: false }) problems: EditorProblem[] = [];
  /** The text in which the problems' places are, with `\n` for line ends; null where it is the editor's own. */
  @property({ attribute: false }) problemsText: string | null = null;
  @property({ attribute: false }) completions: readonly CompleteFunction[] = [];
  @property({ type: Boolean, attribute: "read-only" }) readOnly = false;
  @property() label = "Editor";
  @property() placeholder = "";

  /** One and the same at every question: the editor knows sources by identity. */
  readonly #completing = [0, 1].map((place) => ({
    autocomplete: completionSource(() => this.completions[place] ?? null),
  }));
  readonly #language = new Compartment();
  readonly #settings = new Compartment();
  #view: EditorView | null = null;
  /** The editor knows lines only; the text that goes out has the line ends, and the last one, of the text that came. */
  #lineEnd = "\n";
  #lastEnd = "";
  /** What was there when the element was last taken out of the page: text, cursor and undo history. */
  #kept: EditorState | null = null;
  /** What was underlined last, and in which text. */
  #underlined = "";

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#kept !== null) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#kept = this.#view?.state ?? null;
    this.#view?.destroy();
    this.#view = null;
  }

  override updated(changed: PropertyValues<this>): void {
    const view = this.#view ?? this.#open();
    if (view === null) return;
    if (changed.has("value")) this.#take(view, this.value);
    if (changed.has("language"))
      view.dispatch({ effects: this.#language.reconfigure(languageExtension(this.language)) });
    if (changed.has("readOnly") || changed.has("label") || changed.has("placeholder")) {
      view.dispatch({ effects: this.#settings.reconfigure(this.#settingsExtension()) });
    }
    if (changed.has("problems") || changed.has("problemsText")) this.#underline(view);
  }

  override render() {
    return html`<div class="text"></div>
      ${this.problems
        .filter(({ told }) => told === undefined)
        .map((problem) => html`<seg-problem .problem=${problem} @place=${this.#goTo}></seg-problem>`)}`;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.#view?.focus());
  }

  /** Puts the cursor at a line and column of the problems' text, both from 1, and takes the focus; `why` is told to readers of screens. */
  moveTo(line: number, column: number, why = ""): void {
    const view = this.#view;
    if (view === null) return;
    const text = this.#problemsDoc(view);
    const at = text.line(Math.max(1, Math.min(line, text.lines)));
    const place = Math.min(at.to, at.from + Math.max(0, column - 1));
    const position = mover(text.toString(), view.state.doc.toString())(place);
    view.dispatch({ selection: EditorSelection.cursor(position), scrollIntoView: true });
    view.focus();
    if (why !== "") view.dispatch({ effects: EditorView.announce.of(why) });
  }

  /** Selects a stretch and shows it; the focus stays where it is. */
  mark(from: number, to: number): void {
    const view = this.#view;
    if (view === null) return;
    const most = view.state.doc.length;
    const selection = EditorSelection.single(Math.min(from, most), Math.min(to, most));
    // In the middle: what lies over the page's edges must not cover it.
    const effects = from === to ? [] : [EditorView.scrollIntoView(selection.main, { y: "center" })];
    view.dispatch({ selection, effects });
  }

  /** Puts text where the cursor is. */
  insert(text: string): void {
    this.#view?.dispatch(this.#view.state.replaceSelection(text));
    this.#view?.focus();
  }

  #open(): EditorView | null {
    const place = this.renderRoot.querySelector(".text");
    if (place === null || !(this.renderRoot instanceof ShadowRoot)) return null;
    const state = this.#kept ?? EditorState.create({ doc: this.#read(this.value), extensions: this.#extensions() });
    this.#view = new EditorView({ state, parent: place, root: this.renderRoot });
    return this.#view;
  }

  #extensions(): Extension {
    return [
      Prec.highest(keymap.of([{ key: "Escape", run: (view) => this.#escape(view) }])),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      autocompletion({ icons: false, activateOnTyping: true }),
      EditorState.languageData.of(() => this.#completing),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      keymap.of([
        { key: "Tab", run: acceptCompletion },
        // Reached where the text's own history has nothing more.
        { key: "Mod-z", run: () => this.#beyond("undo"), preventDefault: true },
        { key: "Mod-Shift-z", run: () => this.#beyond("redo"), preventDefault: true },
        { key: "Mod-y", run: () => this.#beyond("redo"), preventDefault: true },
      ]),
      this.#language.of(languageExtension(this.language)),
      this.#settings.of(this.#settingsExtension()),
      editorLook,
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || update.transactions.some((one) => one.annotation(fromOutside))) return;
        this.value = update.state.doc.toString().replaceAll("\n", this.#lineEnd) + this.#lastEnd;
        emit(this, "edit", { value: this.value, how: howOf(update.transactions) } satisfies EditorEdit);
      }),
    ];
  }

  #settingsExtension(): Extension {
    return [
      EditorState.readOnly.of(this.readOnly),
      EditorView.contentAttributes.of({
        "aria-label": this.label,
        ...(this.readOnly ? { "aria-readonly": "true" } : {}),
      }),
      this.placeholder ? placeholder(this.placeholder) : [],
    ];
  }

  #beyond(which: "undo" | "redo"): boolean {
    emit(this, which, null);
    return true;
  }

  /** The text that the problems' places are in. */
  #problemsDoc(view: EditorView): Text {
    return this.problemsText === null ? view.state.doc : Text.of(this.problemsText.split("\n"));
  }

  /** Underlines what is wrong, where it is by now; what is underlined so already is left alone. */
  #underline(view: EditorView): void {
    const is = view.state.doc.toString();
    const text = this.#problemsDoc(view);
    const diagnostics = movedDiagnostics(diagnosticsOf(this.problems, text), text.toString(), is);
    const told = JSON.stringify([is, diagnostics]);
    if (told === this.#underlined) return;
    this.#underlined = told;
    view.dispatch(setDiagnostics(view.state, diagnostics.map(withCodeShown)));
  }

  /** Escape first closes what is seen, and brings several cursors back to one. */
  #escape(view: EditorView): boolean {
    if (view.state.selection.ranges.length > 1) return false;
    // A list that is seen is what is meant, also while more of it is on its way.
    const isSeen =
      completionStatus(view.state) === "active" || this.renderRoot.querySelector(".cm-tooltip-autocomplete");
    closeCompletion(view);
    if (isSeen) return true;
    emit(this, "escape", null);
    return true;
  }

  /** Takes a text from outside, changing only what differs: the cursor and the history stay. */
  #take(view: EditorView, text: string): void {
    const value = this.#read(text);
    const now = view.state.doc.toString();
    if (now === value) return;
    let from = 0;
    while (from < now.length && from < value.length && now[from] === value[from]) from += 1;
    let end = 0;
    while (end < now.length - from && end < value.length - from && now.at(-1 - end) === value.at(-1 - end)) end += 1;
    view.dispatch({
      changes: { from, to: now.length - end, insert: value.slice(from, value.length - end) },
      // What others change is theirs to take back.
      annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)],
    });
  }

  /** The text as the editor holds it: a last line end would be shown as an empty line. */
  #read(text: string): string {
    this.#lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
    this.#lastEnd = text.endsWith(this.#lineEnd) ? this.#lineEnd : "";
    return text.slice(0, text.length - this.#lastEnd.length).replaceAll("\r\n", "\n");
  }

  #goTo(event: CustomEvent<Place>): void {
    event.stopPropagation();
    if (event.detail.line !== null) this.moveTo(event.detail.line, event.detail.column ?? 1);
  }
}

function howOf(transactions: readonly Transaction[]): EditorEdit["how"] {
  if (transactions.some((one) => one.isUserEvent("undo"))) return "undo";
  return transactions.some((one) => one.isUserEvent("redo")) ? "redo" : "typed";
}

declare global {
  interface HTMLElementTagNameMap {
    "seg-editor": SegEditor;
  }
}
