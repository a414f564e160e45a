/** Node's file system, paths and terminal, for tests that touch files. */
export { layer as NodeServicesLayer } from "@effect/platform-node/NodeServices"
