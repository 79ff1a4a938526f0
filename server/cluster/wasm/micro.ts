// AssemblyScript: the kernel of `server/cluster/micro.ts`, which says what it computes; its twin is `micro-plain.ts`.
export { assign, forget, move } from "./micro/assigning";
export { cellCount, centresAt, labelsAt, pointsAt, reserve, rowStride, weightsAt } from "./micro/cells";
export { findNear, layAbreast } from "./micro/near";
export { layOffsets } from "./micro/offsets";
export { begin, split } from "./micro/splitting";
