import { html, nothing } from "lit";

export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** A select; what it has now is there even where it is not among what is offered. */
export function choiceField({
  label,
  value,
  choices,
  disabled,
  chosen,
}: {
  label: string;
  value: Choice;
  choices: readonly Choice[];
  disabled: boolean;
  chosen: (id: string) => void;
}) {
  const all = choices.some(({ id }) => id === value.id) ? choices : [value, ...choices];
  return html`<select
    aria-label=${label}
    ?disabled=${disabled}
    .value=${value.id}
    @change=${(event: Event) => chosen((event.target as HTMLSelectElement).value)}
  >
    ${all.map(({ id, label: words }) => html`<option value=${id} ?selected=${id === value.id}>${words}</option>`)}
  </select>`;
}

/** Words between fields; nothing where there are none. */
export function word(text: string) {
  return text === "" ? nothing : html`<span class="word">${text}</span>`;
}
