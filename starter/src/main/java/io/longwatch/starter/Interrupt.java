package io.longwatch.starter;

/** Ctrl-C and its like: the process ends while a command still works. */
final class Interrupt {
    /** Exit code of a process that was interrupted; the JVM's own. */
    static final int EXIT = 130;

    private Interrupt() {}

    /** Whether the process is on its way out. */
    static boolean hasCome() {
        Thread probe = new Thread(() -> {}, "probe");
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException onItsWayOut) {
            return true;
        }
    }
}
