/**
 * ‖x − y‖² of a row of `columns` numbers from `xAt` on and one from `yAt` on: the squares of every second column summed, then
 * those of the others, as the kernels do that take two columns at once, so that plain code comes to their bytes.
 */
export function squares(x: Float64Array, xAt: number, y: Float64Array, yAt: number, columns: number): number {
  let even = 0;
  let odd = 0;
  for (let c = 0; c < columns; c += 2) {
    const difference = (x[xAt + c] as number) - (y[yAt + c] as number);
    even += difference * difference;
    if (c + 1 === columns) break;
    const next = (x[xAt + c + 1] as number) - (y[yAt + c + 1] as number);
    odd += next * next;
  }
  return even + odd;
}
