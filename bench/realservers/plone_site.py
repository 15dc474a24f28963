"""Makes the Plone site of the tests: run by zconsole, once.

It has what an editor of a commune has made: folders, a workflow in which
what nobody published is private, RSS, and plone.restapi. The content comes
from the test, over the REST API, as an editor's browser would send it.
"""

import transaction
from AccessControl.SecurityManagement import newSecurityManager
from plone.registry.interfaces import IRegistry
from plone.base.interfaces.syndication import ISiteSyndicationSettings
from Products.CMFPlone.factory import addPloneSite
from Testing.makerequest import makerequest
from zope.component import getUtility
from zope.component.hooks import setSite
from zope.globalrequest import setRequest

app = makerequest(app)  # noqa: F821 - zconsole gives it
setRequest(app.REQUEST)
newSecurityManager(None, app.acl_users.getUserById("admin").__of__(app.acl_users))

if "Plone" not in app.objectIds():
    site = addPloneSite(
        app,
        "Plone",
        title="Commune de Vallonie",
        extension_ids=("plonetheme.barceloneta:default", "plone.app.contenttypes:default", "plone.restapi:default"),
        setup_content=False,
        default_language="fr",
        portal_timezone="Europe/Brussels",
    )
    setSite(site)
    site.portal_workflow.setDefaultChain("simple_publication_workflow")
    settings = getUtility(IRegistry).forInterface(ISiteSyndicationSettings, check=False)
    settings.allowed = settings.default_enabled = True
    transaction.commit()
