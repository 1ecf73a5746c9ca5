/** Seconds that an engine may take until it works. A fresh one takes 2 to 7; a busy machine several times that. Prevents waiting for ever. */
export const START_SECONDS = 120;
/** Milliseconds between two looks at an engine that starts. Prevents keeping it from starting. */
export const LOOK_EVERY_MILLISECONDS = 200;
/** Milliseconds for one health check; the first call of a cold JVM takes up to 4 s. Prevents one lost answer from using up the time to start. */
export const CHECK_MILLISECONDS = 15_000;
/** Milliseconds from asking an engine to stop until it is killed. Prevents an engine that outlives its tests. */
export const STOP_MILLISECONDS = 3_000;
/** Milliseconds between two looks at whether the parent process still runs. Prevents engines that nobody will stop. */
export const PARENT_EVERY_MILLISECONDS = 1_000;
/** Lines of an engine's log that are shown when it dies. Prevents a wall of text. */
export const LOG_LINES_SHOWN = 20;
/** Starts of one engine: another process may take its port between the choice and the start. Prevents a failure by that alone. */
export const START_ATTEMPTS = 2;
/** Milliseconds for `gcloud info`. Prevents a hang where gcloud wants to talk to somebody. */
export const GCLOUD_MILLISECONDS = 30_000;
