package io.okrsync.connector;

class MailchimpCampaignsTest extends ConnectorConformance {
  MailchimpCampaignsTest() {
    super("mailchimp-campaigns");
  }
}
