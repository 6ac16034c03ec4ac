"""Who may do what, at every address of the admin: declared here once, shown in docs/rights.md, walked by tests.

*Own* is, for an editor, a page of their city's section in a language the city writes in; for a translator and a
reviewer, a translation into their language. Everything else is others'. Administrators may do everything that is
possible at all; whoever is in no group gets no further than everybody does.
"""

from fnmatch import fnmatchcase

from cms.translation.acts import ALL, LOCK, NONE, OWN, RESTRICTION, REVIEW, ROLES, WRITING, Act, Hold

CHOOSE_PAGES = "choose what to point to, among what is published and what one may look at"
LIST_PAGES = "list, by the admin's own API, the pages one may look at"
READ_PAGES = "read a page by the admin's own API"
CHOOSE_FILES = "choose a picture, a document or a tag, among those in the collections one may choose from"
USE_FILES = "use a chosen picture or document of those collections"


def _everybody(what: str, *names: str, held_by: tuple[Hold, ...] = ()) -> Act:
    return Act(what, names, editor=ALL, translator=ALL, reviewer=ALL, nobody=ALL, held_by=held_by)


def _closed(what: str, *names: str) -> Act:
    return Act(what, names, administrator=NONE)


MATRIX = (
    # Translations
    Act(
        "begin a translation: from a text one may read, into a language one writes",
        ("wagtail_localize:submit_page_translation",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
    ),
    Act(
        "write the strings of a translation, choose other links and pictures, stop it, look at its preview",
        (
            "wagtail_localize:edit_string_translation",
            "wagtail_localize:edit_override",
            "wagtail_localize:stop_translation",
            "wagtail_localize:preview_translation",
        ),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=WRITING,
    ),
    Act(
        "fetch and send a PO file",
        ("wagtail_localize:download_pofile", "wagtail_localize:upload_pofile"),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=WRITING,
    ),
    Act(
        "give translators the newest published text",
        ("wagtail_localize:update_translations",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=(RESTRICTION,),
    ),
    # Pages
    Act(
        "open a page to write it, see its draft, versions, history and use",
        (
            "wagtailadmin_pages:edit",
            "wagtailadmin_pages:preview_on_edit",
            "wagtailadmin_pages:view_draft",
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:history_results",
            "wagtailadmin_pages:revisions_view",
            "wagtailadmin_pages:revisions_compare",
            "wagtailadmin_pages:revisions_revert",
            "wagtailadmin_pages:usage",
        ),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=tuple(Hold),
    ),
    Act(
        "look at the page tree",
        ("wagtailadmin_explore", "wagtailadmin_explore_results"),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
    ),
    Act(
        "begin to copy a page that is no translation; the copy needs the right to write where it goes",
        ("wagtailadmin_pages:copy",),
        editor=OWN,
    ),
    Act(
        "publish, one or many at once",
        ("wagtail_bulk_action page publish",),
        editor=OWN,
        reviewer=OWN,
        held_by=tuple(Hold),
    ),
    Act(
        "unpublish, one or many at once",
        ("wagtailadmin_pages:unpublish", "wagtail_bulk_action page unpublish"),
        editor=OWN,
        reviewer=OWN,
        held_by=tuple(Hold),
    ),
    Act(
        "cancel going live",
        ("wagtailadmin_pages:revisions_unschedule",),
        editor=OWN,
        reviewer=OWN,
        held_by=(LOCK, RESTRICTION),
    ),
    Act(
        "delete and move",
        (
            "wagtailadmin_pages:delete",
            "wagtailadmin_pages:move",
            "wagtailadmin_pages:move_confirm",
            "wagtail_bulk_action page delete",
            "wagtail_bulk_action page move",
        ),
        editor=OWN,
        held_by=tuple(Hold),
    ),
    Act("restrict", ("wagtailadmin_pages:set_privacy",), editor=OWN),
    Act(
        "order the pages below a page",
        ("wagtailadmin_pages:set_page_position",),
        editor=OWN,
        held_by=tuple(Hold),
    ),
    Act(
        "lock and unlock",
        ("wagtailadmin_pages:lock", "wagtailadmin_pages:unlock"),
        reviewer=OWN,
        held_by=(REVIEW, RESTRICTION),
    ),
    # Review
    Act(
        "approve and send back, at one's own step of the review",
        (
            "wagtailadmin_pages:workflow_action",
            "wagtailadmin_pages:collect_workflow_action_data",
            "wagtailadmin_pages:workflow_preview",
        ),
        editor=OWN,
        reviewer=OWN,
        held_by=(LOCK, RESTRICTION),
    ),
    Act(
        "see how a review went",
        ("wagtailadmin_pages:workflow_history", "wagtailadmin_pages:workflow_history_detail"),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
    ),
    _everybody("be asked before a review is cancelled", "wagtailadmin_pages:confirm_workflow_cancellation"),
    # Writing new pages
    Act(
        "write a new page below a page",
        ("wagtailadmin_pages:add", "wagtailadmin_pages:add_subpage", "wagtailadmin_pages:preview_on_add"),
        editor=OWN,
    ),
    Act(
        "search the pages one may look at",
        (
            "wagtailadmin_explore_root",
            "wagtailadmin_pages:search",
            "wagtailadmin_pages:search_results",
            "wagtailadmin_pages:type_use",
            "wagtailadmin_pages:type_use_results",
        ),
        editor=ALL,
        translator=ALL,
        reviewer=ALL,
    ),
    Act(
        READ_PAGES,
        ("wagtailadmin_api:pages:detail",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
    ),
    # Choosing
    _everybody(
        CHOOSE_PAGES,
        "choose_*",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_search",
    ),
    _everybody(LIST_PAGES, "wagtailadmin_api:pages:listing"),
    _everybody(
        CHOOSE_FILES,
        "wagtailadmin_api:documents:listing",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_tag_autocomplete",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:chosen_multiple",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen_multiple",
    ),
    Act(
        USE_FILES,
        (
            "wagtailadmin_api:documents:detail",
            "wagtailadmin_api:images:detail",
            "wagtaildocs_chooser:chosen",
            "wagtailimages_chooser:chosen",
            "wagtailimages_chooser:select_format",
        ),
        editor=ALL,
        translator=ALL,
        reviewer=ALL,
    ),
    _everybody(
        "put in a link to elsewhere or a film, and open the windows that name no page and no file",
        "wagtailadmin_choose_page_*_link",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_workflows:task_chooser*",
        "wagtailadmin_workflows:task_chosen",
        "wagtailembeds:*",
    ),
    # Pictures and documents
    Act(
        "add pictures and documents, and see the list of those one may change",
        (
            "wagtaildocs:index*",
            "wagtailimages:index*",
            "wagtaildocs:add*",
            "wagtailimages:add*",
            "wagtaildocs_chooser:create",
            "wagtailimages_chooser:create",
        ),
        editor=ALL,
    ),
    Act(
        "change and delete a picture or a document of one's collection",
        (
            "wagtaildocs:edit*",
            "wagtaildocs:delete*",
            "wagtaildocs:document_usage",
            "wagtailimages:edit*",
            "wagtailimages:delete*",
            "wagtailimages:image_usage",
            "wagtailimages:preview",
            "wagtail_bulk_action contentdocument *",
            "wagtail_bulk_action contentimage *",
        ),
        editor=OWN,
    ),
    Act(
        "say what is in a file that one has just uploaded with others, or take it back",
        (
            "wagtaildocs:create_multiple_from_uploaded_document",
            "wagtaildocs:delete_upload_multiple",
            "wagtailimages:create_multiple_from_uploaded_image",
            "wagtailimages:delete_upload_multiple",
        ),
        editor=OWN,
        administrator=OWN,
    ),
    # The desk
    _everybody("see how far each item is in every language, of those of which one may read a text", "desk_coverage"),
    _everybody("search the earlier translations of all texts that one may read", "desk_concordance"),
    _everybody("see what waits for one's languages, and the notices to oneself", "desk_queue", "desk_notices_read"),
    Act(
        "give a text to a colleague: whoever is on it, and whoever reviews its language",
        ("desk_assign",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=(RESTRICTION,),
    ),
    _everybody(
        "see which of one's translations can be taken away as files, and send such a file",
        "desk_files",
        "desk_files_begin",
        "desk_files_export",
        "desk_files_settle",
        held_by=WRITING,
    ),
    Act(
        "write at the workbench",
        ("desk_save_string",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=WRITING,
    ),
    Act(
        "read what helps with each text of a translation one may open: names, earlier translations, versions",
        ("desk_help",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
    ),
    Act(
        "have a machine suggest the open texts of a translation",
        ("desk_machine",),
        editor=OWN,
        translator=OWN,
        reviewer=OWN,
        held_by=WRITING,
    ),
    Act(
        "record agreements with engines, set the budgets for machines, and rule what may be published unreviewed",
        ("machine_agreements:*", "machine_budgets:*", "machine_rules:*"),
    ),
    Act(
        "read the register of names and the glossary",
        ("names:index*", "terms:index*"),
        translator=ALL,
        reviewer=ALL,
    ),
    Act(
        "keep the register of names and the glossary: the forms in the languages one reviews",
        ("names:*", "terms:*"),
        reviewer=ALL,
    ),
    Act(
        "delete a name or a term all of whose forms are in the languages one reviews",
        ("names:delete", "terms:delete"),
        reviewer=OWN,
    ),
    _everybody(
        "be led on: from localize's report to the queue, from an old address of the history to its new one",
        "wagtail_localize:translations_report*",
        "wagtailadmin_pages:revisions_index",
    ),
    # Reports
    Act(
        "see reports about the pages one may look at",
        ("wagtailadmin_reports:*",),
        editor=ALL,
        translator=ALL,
        reviewer=ALL,
    ),
    Act("see which pages are locked", ("wagtailadmin_reports:locked_pages*",), reviewer=ALL),
    _everybody("see who changed what, of the pages one may look at", "wagtailadmin_reports:site_history*"),
    # The hub
    Act(
        "set the hub up: collections, reviews, languages, sites, people and groups",
        (
            "wagtailadmin_collections:*",
            "wagtailadmin_workflows:*",
            "wagtaillocales:*",
            "wagtailsites:*",
            "wagtailusers_users:*",
            "wagtailusers_groups:*",
            "wagtail_bulk_action user *",
        ),
    ),
    _everybody(
        "one's own account, and what every page of the admin needs",
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_dismissibles",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtail_localize:javascript_catalog",
        "wagtailadmin_editing_sessions:release",
    ),
    _closed(
        "nobody: Misto has no such thing, or leaves it out",
        "wagtail_localize:convert_to_alias",
        "wagtail_localize:submit_snippet_translation",
        "wagtail_localize:snippets_api_*",
        "wagtail_localize:machine_translate",
        "wagtailsnippets:index",
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_api:pages:action",
        "wagtailadmin_api:*:find",
        "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_block_preview",
        "wagtailadmin_workflows:add_task",
        "wagtailadmin_editing_sessions:ping",
        "wagtaillocales:add",
        "wagtailimages:url_generator*",
        "wagtailusers_users:delete",
    ),
)


def find_act(name: str) -> Act | None:
    """Return what an address is for: the act with the longest name that fits, or None when none names it."""
    fitting = [(pattern, act) for act in MATRIX for pattern in act.names if fnmatchcase(name, pattern)]
    return max(fitting, key=lambda found: len(found[0]))[1] if fitting else None


def table() -> str:
    """Return the matrix as a table for the documentation."""
    lines = [f"| what | {' | '.join(ROLES)} |", "|---" * (len(ROLES) + 1) + "|"]
    lines += [f"| {act.what} | {' | '.join(act.reach(role) for role in ROLES)} |" for act in MATRIX]
    return "\n".join(lines)


def table_of_holds() -> str:
    """Return what is left of what people change of their own texts, as a table for the documentation."""
    lines = [f"| what | {' | '.join(Hold)} |", "|---" * (len(Hold) + 1) + "|"]
    held = [act for act in MATRIX if act.held_by]
    lines += [f"| {act.what} | {' | '.join('–' if hold in act.held_by else 'own' for hold in Hold)} |" for act in held]
    return "\n".join(lines)
