package io.longwatch.sandbox.kubernetes;

/**
 * Who writes, and how.
 *
 * @param manager field manager
 * @param force whether a server-side apply takes over fields that others own
 * @param dryRun whether nothing is stored
 */
record Writer(String manager, boolean force, boolean dryRun) {
    static final Writer CONTROLLER = new Writer("kube-controller-manager", false, false);
    static final Writer KUBELET = new Writer("kubelet", false, false);
}
