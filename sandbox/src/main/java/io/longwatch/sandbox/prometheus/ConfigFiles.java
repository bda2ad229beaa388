package io.longwatch.sandbox.prometheus;

import java.util.List;

/** The files a Prometheus reads when it starts and on every reload. */
public interface ConfigFiles {
    /** prometheus.yml. */
    String config();

    /** The rule files it names, as text, whatever their names. */
    List<String> rules();

    /** Files that never change. */
    static ConfigFiles of(String config, String... rules) {
        List<String> ruleFiles = List.of(rules);
        return new ConfigFiles() {
            @Override
            public String config() {
                return config;
            }

            @Override
            public List<String> rules() {
                return ruleFiles;
            }
        };
    }
}
