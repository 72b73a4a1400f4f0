#!/usr/bin/python3
"""Stands in for the desktop's notification service on a session bus, and records what reaches it.

Prints one JSON object a line: {"call": "ready"} once the name is ours, then each call with its arguments.
Reads commands from stdin: `click <id>` invokes the notification's default action, as a user's click does, and
closes it; `close <id>` dismisses it. With --auto-click every notification is clicked at once. Ends with stdin.
"""
import json
import os
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
DISMISSED_BY_USER, CLOSED_BY_CALL = 2, 3  # freedesktop's notification specification, NotificationClosed


def plain(value):
    """A D-Bus value as JSON knows it; a picture is only named, it is long and no test reads it."""
    if isinstance(value, dbus.Boolean):
        return bool(value)
    if isinstance(value, (dbus.Byte, int)):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, dbus.Struct):
        return '<picture>'
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value)


def record(call, **arguments):
    print(json.dumps({'call': call, **{name: plain(value) for name, value in arguments.items()}}), flush=True)


class Notifications(dbus.service.Object):
    def __init__(self, bus, auto_click):
        super().__init__(bus, PATH)
        self.auto_click = auto_click
        self.last_id = 0

    @dbus.service.method(NAME, in_signature='', out_signature='as')
    def GetCapabilities(self):
        record('GetCapabilities')
        return ['actions', 'body', 'icon-static', 'persistence']

    @dbus.service.method(NAME, in_signature='', out_signature='ssss')
    def GetServerInformation(self):
        record('GetServerInformation')
        return ('Steelyard recorder', 'Steelyard', '1.0', '1.2')

    @dbus.service.method(NAME, in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        self.last_id += 1
        record(
            'Notify',
            id=self.last_id,
            app=app,
            replaces=replaces,
            icon=icon,
            summary=summary,
            body=body,
            actions=actions,
            hints=hints,
            timeout=timeout,
        )
        if self.auto_click:
            GLib.idle_add(self.click, self.last_id)
        return dbus.UInt32(self.last_id)

    @dbus.service.method(NAME, in_signature='u', out_signature='')
    def CloseNotification(self, id):
        record('CloseNotification', id=id)
        self.NotificationClosed(id, CLOSED_BY_CALL)

    @dbus.service.signal(NAME, signature='us')
    def ActionInvoked(self, id, action):
        pass

    @dbus.service.signal(NAME, signature='uu')
    def NotificationClosed(self, id, reason):
        pass

    def click(self, id):
        self.ActionInvoked(id, 'default')
        self.NotificationClosed(id, DISMISSED_BY_USER)
        record('clicked', id=id)

    def obey(self, line):
        word, _, id = line.strip().partition(' ')
        if word == 'click':
            self.click(int(id))
        elif word == 'close':
            self.NotificationClosed(int(id), DISMISSED_BY_USER)
            record('closed', id=int(id))
        else:
            record('unknown command', line=line)


def main():
    DBusGMainLoop(set_as_default=True)
    loop = GLib.MainLoop()
    bus = dbus.SessionBus()
    name = dbus.service.BusName(NAME, bus, do_not_queue=True)
    notifications = Notifications(bus, auto_click='--auto-click' in sys.argv[1:])

    unread = b''

    def on_input(source, condition):
        nonlocal unread
        received = os.read(source, 4096)
        if not received:
            loop.quit()
            return False
        *lines, unread = (unread + received).split(b'\n')
        for line in lines:
            notifications.obey(line.decode())
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, on_input)
    record('ready')
    loop.run()
    del name


if __name__ == '__main__':
    main()
