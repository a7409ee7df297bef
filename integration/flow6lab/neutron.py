"""A client of Neutron's API, as small as tests need it."""

import json


class Refused(Exception):
    """An answer that is no success: its status, Neutron's type of error, and the message."""

    def __init__(self, status, text):
        super().__init__(f"{status} {text}")
        self.status = status
        error = json.loads(text)["NeutronError"]
        self.type = error["type"]
        self.message = error["message"]


class Neutron:
    """The API that a `Controller` serves, whose network is in a store."""

    def __init__(self, flow6):
        self._flow6 = flow6

    def _call(self, method, path, body=None):
        status, text = self._flow6.request(method, f"/v2.0/{path}", body, within=20)
        if status >= 300:
            raise Refused(status, text)
        return json.loads(text) if text else None

    @staticmethod
    def _member(collection):
        return collection.replace("-", "_").rstrip("s")

    def create(self, collection, **attributes):
        """Makes a resource of a collection, such as "security-groups", and returns it."""
        member = self._member(collection)
        return self._call("POST", collection, {member: attributes})[member]

    def update(self, collection, of, **attributes):
        member = self._member(collection)
        return self._call("PUT", f"{collection}/{of}", {member: attributes})[member]

    def act(self, collection, of, action, **body):
        return self._call("PUT", f"{collection}/{of}/{action}", body)

    def delete(self, collection, of):
        self._call("DELETE", f"{collection}/{of}")

    def show(self, collection, of):
        return self._call("GET", f"{collection}/{of}")[self._member(collection)]

    def list(self, collection, query=""):
        return self._call("GET", f"{collection}?{query}")[collection.replace("-", "_")]
