package io.longwatch.activities.image;

import io.longwatch.contract.Failures;

/**
 * An image of a registry, by tag or digest.
 *
 * @param repository name within the registry
 * @param reference tag or digest
 */
record Reference(String repository, String reference) {

    /** Reads {@code name:tag} or {@code name@digest}, with or without the registry's host. */
    static Reference parse(String written, String host) {
        String image = written.startsWith(host + "/") ? written.substring(host.length() + 1) : written;
        int at = image.indexOf('@');
        int colon = image.lastIndexOf(':');
        if (at > 0) {
            String name = image.substring(0, at);
            int tag = name.indexOf(':');
            return checked(written, host, tag < 0 ? name : name.substring(0, tag), image.substring(at + 1));
        }
        if (colon > image.lastIndexOf('/') && colon > 0) {
            return checked(written, host, image.substring(0, colon), image.substring(colon + 1));
        }
        throw Failures.invalid(
                "image '" + written + "' has no tag and no digest; write name:tag or name@sha256:digest");
    }

    private static Reference checked(String written, String host, String repository, String reference) {
        boolean named = repository.matches("[a-z0-9]+([._/-]+[a-z0-9]+)*");
        boolean referred = reference.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|sha256:[0-9a-f]{64}");
        if (!named || !referred) {
            throw Failures.invalid("image '" + written + "' is no image of registry " + host
                    + "; write name:tag or name@sha256:digest");
        }
        return new Reference(repository, reference);
    }

    @Override
    public String toString() {
        return repository + (reference.startsWith("sha256:") ? "@" : ":") + reference;
    }
}
