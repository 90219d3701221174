// What packages are made of that `polywrite build` makes of other definitions: services whose operations they describe, and
// what nothing prints.

export { describeOperations as describe } from "./native";
export { hideAsWell as hide } from "./secrets";
export { Service } from "./service";
