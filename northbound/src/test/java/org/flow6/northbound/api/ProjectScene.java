package org.flow6.northbound.api;

/** An API that an administrator calls, of project p1. */
abstract class ProjectScene extends ApiScene {
    @Override
    Caller caller() {
        return new Caller("p1", Caller.Role.ADMIN);
    }
}
