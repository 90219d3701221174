// What makes calls on the web, in one module: what programs see, and what packages of other definitions are made of.

export * from "./calling";
export * from "./sdk";
