import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Two workers: the machines this runs on have two cores, and several tests start processes of their own.
    maxWorkers: 2,
    testTimeout: 30_000
  }
})
