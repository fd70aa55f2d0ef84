package dev.microcos.local.cloud.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One request to the admin port.
 *
 * @param method in upper case
 * @param body the JSON object that was sent; empty without a body
 */
public record AdminRequest(String method, ObjectNode body) {}
