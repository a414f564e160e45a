import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Two workers: the machines this runs on have two cores, and several tests start processes of their own.
    maxWorkers: 2,
    // A guard against hanging, not a measure of speed: tests that start a dozen processes share two busy cores.
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
