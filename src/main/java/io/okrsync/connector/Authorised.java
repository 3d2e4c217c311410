package io.okrsync.connector;

import java.io.IOException;

/**
 * Sends requests with the access token of their source, where it has OAuth2. One that was refused
 * may have expired early or been exchanged by another program, so it is renewed, once.
 */
final class Authorised {
  private final Requests requests;
  private final Tokens tokens;

  Authorised(Requests requests, Tokens tokens) {
    this.requests = requests;
    this.tokens = tokens;
  }

  Gate gate(PageCall call) {
    return requests.gate(call);
  }

  HttpAnswer send(PageRequest request, PageOptions options, PageCall call) throws IOException {
    OAuth2 oauth2 = call.source().oauth2();
    if (oauth2 == null) {
      return requests.send(request, options, call);
    }
    Secret token = tokens.current(oauth2, call);
    HttpAnswer answer = requests.send(request.with(token), options, call);
    if (answer.status() != 401) {
      return answer;
    }
    return requests.send(request.with(tokens.other(token, oauth2, call)), options, call);
  }
}
