package io.captchapipeline.kit.settings;

/// What is wrong with one setting, and what to do about it. Never carries a secret's value.
record Problem(String setting, String sentence) {

    @Override
    public String toString() {
        return setting + " " + sentence;
    }
}
