# frozen_string_literal: true

# Run by `rails runner seed.rb FACTS_FILE` on an empty database: makes the tables, the default data and a team's half year
# of issues. The same seed always makes the same issues; their times are counted back from now, so that whatever a test
# changes is newer. Facts that a test may rely on are written to FACTS_FILE, counted here and not through the REST API.

require 'active_support/testing/time_helpers'
extend ActiveSupport::Testing::TimeHelpers

SEED = 5004
COUNT = 261 # one is deleted again
BULK_EDITED = (21..140).freeze # more than the 100 of a page
DELETED = 200
REOPENED = [30, 77, 150].freeze
PRIVATE = 12
WORDS = ['Login', 'Export', 'Überweisung', 'Search', 'Backup', 'Invoice <b>PDF</b>', '検索', 'Rocket 🚀', 'Print "A4"'].freeze
NOW = Time.now.utc.change(usec: 0)

def days_ago(days)
  NOW - (days * 86_400).to_i
end

def make_tables
  ActiveRecord::Base.connection.execute('PRAGMA synchronous = OFF')
  ActiveRecord::Migration.verbose = false
  ActiveRecord::Base.connection.migration_context.migrate
  ActiveRecord::Base.descendants.each(&:reset_column_information)
  Redmine::DefaultData::Loader.load('en')
end

def settings
  ActiveJob::Base.queue_adapter = :test # a mail job in another thread would wait 10 s for this transaction's lock
  Setting.rest_api_enabled = '1'
  Setting.default_language = 'en'
  Setting.notified_events = []
end

def person(login, first_name, last_name, admin: false)
  user = User.new(firstname: first_name, lastname: last_name, mail: "#{login}@example.org", admin: admin)
  user.login = login
  user.password = user.password_confirmation = SecureRandom.hex(16)
  user.save!
  user
end

def project(identifier, name, is_public)
  Project.create!(
    identifier: identifier, name: name, is_public: is_public,
    trackers: Tracker.sorted.to_a, enabled_module_names: %w[issue_tracking time_tracking]
  )
end

def member(project, user, role)
  Member.create!(project: project, principal: user, roles: [Role.find_by!(name: role)])
end

# The moments of one issue's life, oldest first: [days ago, status]. Everything but the bulk edit is over before the bulk edit.
def life(number, created, random)
  latest = created > 21 ? 21 : 0.1
  step = (created - latest) / 4
  moments = [[created - step * (0.2 + random.rand), 'In Progress']]
  roll = random.rand
  ending = %w[Closed Closed Rejected][number % 3]
  moments << [moments.last[0] - step * (0.2 + random.rand), 'Resolved'] if roll < 0.6
  moments << [moments.last[0] - step * (0.2 + random.rand), ending] if roll < 0.5 || REOPENED.include?(number)
  moments << [latest, 'In Progress'] if REOPENED.include?(number)
  roll < 0.8 || REOPENED.include?(number) ? moments : []
end

def create(number, created, random, projects, people)
  project = projects[number % 10 < 6 ? 0 : 1]
  Issue.create!(
    project: project, author: people.sample(random: random), subject: "#{WORDS[number % WORDS.size]} #{number}",
    tracker: Tracker.sorted[number % 3], status: IssueStatus.find_by!(name: 'New'),
    priority: IssuePriority.sorted[[0, 1, 1, 1, 2, 2, 3, 4][random.rand(8)]],
    assigned_to: (people.sample(random: random) if number % 4 != 0),
    due_date: (days_ago(created - random.rand(5..60)).to_date if number % 3 == 0),
    estimated_hours: (random.rand(1..16) * 0.5 if number % 5 == 0),
    is_private: number == PRIVATE, notify: false
  )
end

def edit(issue, user, days, changes)
  travel_to(days_ago(days)) do
    issue.reload.init_journal(user).notify = false
    issue.update!(changes)
  end
end

def make_issues(projects, people)
  random = Random.new(SEED)
  (1..COUNT).each do |number|
    created = 180.0 - number * 0.68 + random.rand * 0.6
    issue = travel_to(days_ago(created)) { create(number, created, random, projects, people) }
    life(number, created, random).each do |days, status|
      edit(issue, people.sample(random: random), days, status: IssueStatus.find_by!(name: status))
    end
  end
end

def tell(facts)
  File.write(ARGV.fetch(0), facts.map { |name, value| "REDMINE_#{name}=#{value}\n" }.join)
end

make_tables
ActiveRecord::Base.transaction do
  settings
  key_owner = person('okr', 'Olga', 'Reader', admin: true)
  outsider = person('outsider', 'Omar', 'Outsider')
  people = [person('ann', 'Ann', 'Archer'), person('bo', 'Bo', 'Berg'), person('cy', 'Cy', 'Çelik')]
  projects = [project('website', 'Website', true), project('payroll', 'Payroll', false)]
  projects.product(people) { |place, user| member(place, user, 'Developer') }

  make_issues(projects, people)
  BULK_EDITED.each { |id| edit(Issue.find(id), people[0], 20, description: 'Moved to the new board.') }
  Issue.find(DELETED).destroy!

  closed = Issue.joins(:status).where(issue_statuses: { is_closed: true }).count
  tell(
    'KEY' => key_owner.api_key, 'OUTSIDER_KEY' => outsider.api_key,
    'ISSUES' => Issue.count, 'OPEN_ISSUES' => Issue.count - closed, 'CLOSED_ISSUES' => closed,
    'PUBLIC_ISSUES' => Issue.where(project: projects[0], is_private: false).count,
    'DELETED_ISSUE' => DELETED, 'REOPENED_ISSUE' => REOPENED[0], 'PRIVATE_ISSUE' => PRIVATE,
    'BULK_EDITED_AT' => days_ago(20).iso8601, 'BULK_EDITED_ISSUES' => BULK_EDITED.size
  )
end
