import { defineConfig, mergeConfig } from "vitest/config";
import alone from "./alone.config.mjs";

export default mergeConfig(alone, { test: { globalSetup: "polywrite/testing/setup" } });
