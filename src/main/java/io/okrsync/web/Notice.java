package io.okrsync.web;

/** A page that says one thing, such as that there is nothing here. */
public record Notice(String heading, String text) {}
