import type { Notebook } from "../../server/notebook/model.ts";
import type { InputView } from "../../server/run/view.ts";
import { type InputValue, type InputValues, valuesFromQuery, withValue } from "./inputs.ts";

/** The inputs' values that the reader chose, or the address of the page. */
export class ChosenInputs {
  #values: InputValues = {};
  #faults: Readonly<Record<string, string>> = {};
  /** The address's query until a plan has told what inputs there are. */
  #query: string | null = null;

  constructor(private readonly notebook: () => Notebook) {}

  /** Of inputs that the notebook has: one that was renamed or deleted keeps its value for when that is taken back. */
  get values(): InputValues {
    const ids = new Set(this.notebook().cells.map((cell) => cell.id));
    return Object.fromEntries(Object.entries(this.#values).filter(([id]) => ids.has(id)));
  }

  /** What the address said of inputs and does not hold, in words; an input's goes once it is set. */
  get faults(): readonly string[] {
    return Object.values(this.#faults);
  }

  forgetFaults(): void {
    this.#faults = {};
  }

  address(query: string): void {
    this.#query = query;
  }

  /** Takes the values of the address, once; true where it had any. */
  read(inputs: readonly InputView[]): boolean {
    if (this.#query === null) return false;
    const { values, faults } = valuesFromQuery(this.#query, inputs);
    this.#query = null;
    this.#values = values;
    this.#faults = faults;
    return Object.keys(values).length > 0;
  }

  set(input: InputView, value: InputValue): void {
    this.#values = withValue(this.#values, input, value);
    const { [input.id]: _, ...faults } = this.#faults;
    this.#faults = faults;
  }

  renamed(from: string, to: string): void {
    if (this.#values[from] !== undefined) this.#values = { ...this.#values, [to]: this.#values[from] };
  }
}
