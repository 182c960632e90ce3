"""Messages arrive whole or not at all."""

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescribing.documents.press.wire import LENGTHS, Message, receive, send

heads = st.dictionaries(st.text(), st.integers() | st.text() | st.booleans() | st.lists(st.text()))


@given(st.lists(st.builds(Message, head=heads, body=st.binary(max_size=2000)), max_size=4))
def test_messages_arrive_as_they_were_sent_and_in_order(messages):
    here, there = socket.socketpair()
    with here, there:
        for message in messages:
            send(here, message)
        here.close()

        assert [receive(there) for _ in messages] == messages
        assert receive(there) is None


def test_a_message_larger_than_the_line_holds_arrives():
    here, there = socket.socketpair()
    message = Message(body=b"x" * 5_000_000)
    with here, there:
        sender = threading.Thread(target=send, args=(here, message))
        sender.start()

        assert receive(there) == message
        sender.join()


@pytest.mark.parametrize("cut", [1, LENGTHS.size, LENGTHS.size + 1])
def test_of_half_a_message_nothing_arrives(cut):
    here, there = socket.socketpair()
    with here, there:
        here.sendall((LENGTHS.pack(2, 4) + b"{}body")[:cut])
        here.close()

        assert receive(there) is None
